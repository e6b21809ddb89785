// SPDX-License-Identifier: EUPL-1.2
#include "app/service/bundles.h"

#include "app/service/carrying.h"
#include "app/service/office_parts.h"
#include "app/service/whole_file.h"
#include "crypto/base/limits.h"
#include "sync/carrier/verify.h"
#include "sync/net/delivery.h"

namespace teren::service {
namespace {

// ---- making one ------------------------------------------------------------------------------------------

Status checkOptions(const store::WorkspaceStore& store, const BundleOptions& options)
{
    if (!options.workspace.empty() && options.workspace != store.membership().workspace().hex())
        return fail(
            Errc::Refused,
            "this profile does not belong to office " + options.workspace
                + ", so it has nothing for it; a file that was made for it is brought to its server with "
                  "'bundle deliver'");
    if (options.life > limits::kTicketLife || options.life <= std::chrono::hours(0))
        return fail(Errc::Invalid, "days: a bundle counts for 1 to 30 days");
    if (!store.isMember())
        return fail(
            Errc::Refused, "this device is not a member of the office, so nobody takes what it hands out");
    return {};
}

Result<ImportReport> importWork(store::WorkspaceStore& store, ByteView file, Instant now)
{
    Result<carrier::Bundle> bundle = carrier::decodeBundle(file);
    if (!bundle)
        return carrier::wrongFile(bundle.error());
    Result<carrier::Verified> verified = carrier::verifyBundle(*std::move(bundle), store.membership(), now);
    if (!verified)
        return carrier::wrongFile(verified.error());
    ImportReport report;
    TEREN_CHECK(applyVerified(store, *std::move(verified), report));
    return report;
}

Result<ImportReport> importReply(store::WorkspaceStore& store, ByteView file, Instant now)
{
    const Result<carrier::Reply> reply = carrier::decodeReply(file);
    if (!reply)
        return carrier::wrongFile(reply.error());
    ImportReport report;
    TEREN_CHECK(applyReply(store, *reply, now, report));
    return report;
}

}  // namespace

Result<BundleReport> exportBundle(
    Office& office, const std::filesystem::path& path, const BundleOptions& options)
{
    const Office::Parts& of = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, of.workspace());
    TEREN_CHECK(checkOptions(*store, options));
    TEREN_CHECK(checkNewName(path));
    const Instant now = of.around.clock.now();
    TEREN_TRY(const carrier::Bundle bundle, bundleOf(*store, now, options.life, !options.unsentOnly));
    TEREN_TRY(const Bytes bytes, carrier::encode(bundle));
    TEREN_CHECK(writeNew(of.around.files, path, bytes));

    TEREN_TRY(const store::OutboxCounts counts, store->outboxCounts());
    BundleReport report{
        path,
        store->membership().workspace().hex(),
        bytes.size(),
        bundle.statements.size(),
        bundle.segments.size(),
        0,
        counts.unsent,
        now + options.life};
    for (const ledger::Segment& segment : bundle.segments)
        report.changes += segment.head.header.count;
    return report;
}

Result<DeliveryReport> deliverBundle(
    const std::filesystem::path& path, const std::filesystem::path& reply, const std::string& server,
    platform::Files& files, Instant now)
{
    TEREN_TRY(const Bytes file, readWhole(files, path));
    TEREN_CHECK(carrier::checkFile(file));
    const Result<carrier::Bundle> bundle = carrier::decodeBundle(file);
    if (!bundle)
        return carrier::wrongFile(bundle.error());
    std::optional<net::Address> address;
    if (!server.empty()) {
        TEREN_TRY(address, net::Address::parse(server));
    }
    TEREN_CHECK(checkNewName(reply));
    TEREN_TRY(const net::Delivered delivered, net::deliver(*bundle, now, address));
    TEREN_TRY(const Bytes bytes, carrier::encode(delivered.reply));
    TEREN_CHECK(writeNew(files, reply, bytes));
    return DeliveryReport{reply, delivered.numbered, delivered.refused, bytes.size()};
}

Result<ImportReport> importBundle(Office& office, const std::filesystem::path& path)
{
    Office::Parts& of = office.parts();
    TEREN_TRY(store::WorkspaceStore * store, of.workspace());
    TEREN_TRY(const Bytes file, readWhole(of.around.files, path));
    TEREN_TRY(const carrier::FileKind kind, carrier::checkFile(file));
    TEREN_TRY(
        ImportReport report,
        kind == carrier::FileKind::Reply ? importReply(*store, file, of.around.clock.now())
                                         : importWork(*store, file, of.around.clock.now()));
    TEREN_CHECK(of.received());
    TEREN_TRY(const auto conflicts, store->conflictCounts());
    for (const auto& [space, count] : conflicts)
        report.conflicts += count;
    return report;
}

}  // namespace teren::service
