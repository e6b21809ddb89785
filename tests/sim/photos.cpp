// SPDX-License-Identifier: EUPL-1.2
#include "tests/sim/photos.h"

#include "sync/merge/fractional_order.h"
#include "tests/sim/upkeep.h"

#include <algorithm>

namespace teren::sim {

namespace {

constexpr std::array kParts{AttachmentPart::Content, AttachmentPart::Thumbnail};

std::string_view fieldOf(AttachmentPart part)
{
    return part == AttachmentPart::Content ? "content" : "thumbnail";
}

}  // namespace

void Photos::add()
{
    const std::size_t index = stage_.someone();
    SimDevice& device = *stage_.devices[index];
    if (!device.isOn() || !device.store().isMember())
        return;
    const std::vector<SpaceId> cases = casesHere(device.store());
    if (cases.empty())
        return;
    const SpaceId& space = cases[static_cast<std::size_t>(stage_.random.below(cases.size()))];
    Photo photo{index, stage_.scheduler.now(), RecordId::random(stage_.random), {}, true};
    for (Bytes& content : photo.content) {
        content.resize(
            1 + static_cast<std::size_t>(stage_.random.below(stage_.random.chance(20) ? 150'000 : 9'000)));
        stage_.random.fill(content);
        content.insert(content.begin(), kMarker.begin(), kMarker.end());
    }
    const Status added = add(device, space, photo);
    stage_.trace.note(stage_.scheduler.now(), device.name(), added ? "adds a photo" : "cannot add a photo");
    if (added)
        photos_.push_back(std::move(photo));
    else if (added.error().code != Errc::DiskFull || !device.isFull())
        device.check(added, "adding a photo");
    device.touched();
}

Status Photos::add(SimDevice& device, const SpaceId& space, const Photo& photo)
{
    std::vector<store::AttachmentStore::Import> imports;
    store::SpaceOps save{space, {}};
    const std::string order = orderBetween({}, {}, stage_.random);
    save.ops.push_back({OpKind::Insert, photo.record, "attachment", toBytes(viewOf(order))});
    for (std::size_t i = 0; i < kParts.size(); ++i) {
        TEREN_TRY(
            store::AttachmentStore::Import import,
            device.attachments()->begin({photo.record, kParts[i]}, photo.content[i].size()));
        TEREN_CHECK(import.write(photo.content[i]));
        TEREN_TRY(const store::AttachmentRef ref, import.finish());
        imports.push_back(std::move(import));
        const std::string text = ref.text();
        save.ops.push_back(
            {OpKind::Assign, photo.record, std::string(fieldOf(kParts[i])), toBytes(viewOf(text))});
    }
    TEREN_CHECK(device.store().together([&]() -> Status {
        TEREN_CHECK(device.store().save({&save, 1}));
        for (store::AttachmentStore::Import& import : imports)
            TEREN_CHECK(import.keep());
        return {};
    }));
    for (store::AttachmentStore::Import& import : imports)
        import.kept();
    return {};
}

void Photos::rolledBack(std::size_t device, Instant when)
{
    for (Photo& photo : photos_)
        if (photo.author == device && photo.when >= when)
            photo.certain = false;
}

bool Photos::isNamed(SimDevice& device, const Photo& photo)
{
    const auto record = device.store().record(photo.record);
    return record && !record->deleted && record->fields.contains("content");
}

Result<std::optional<Bytes>> Photos::open(SimDevice& device, const Photo& photo, AttachmentPart part)
{
    TEREN_TRY(const store::StoredRecord record, device.store().record(photo.record));
    const Bytes value = record.fields.at(std::string(fieldOf(part))).values().front().value;
    TEREN_TRY(const store::AttachmentRef ref, store::AttachmentRef::from(textOf(value)));
    TEREN_TRY(const bool isHere, device.attachments()->has(ref.address));
    if (!isHere)
        return std::optional<Bytes>();
    TEREN_TRY(AttachmentOpener opener, device.attachments()->open(ref, {photo.record, part}));
    Bytes content;
    for (std::uint64_t i = 0; i < opener.chunks(); ++i) {
        TEREN_TRY(const ByteView chunk, opener.chunk(i));
        content.insert(content.end(), chunk.begin(), chunk.end());
    }
    return std::optional(std::move(content));
}

std::vector<std::string> Photos::check(const std::vector<SimDevice*>& members) const
{
    std::vector<std::string> problems;
    for (const Photo& photo : photos_)
        for (std::size_t i = 0; i < kParts.size(); ++i) {
            std::vector<SimDevice*> without;
            std::size_t named = 0;
            for (SimDevice* device : members) {
                if (!isNamed(*device, photo))
                    continue;
                ++named;
                const auto content = open(*device, photo, kParts[i]);
                if (!content)
                    problems.push_back(device->name() + " cannot open a photo: " + content.error().detail);
                else if (!*content)
                    without.push_back(device);
                else if (**content != photo.content[i])
                    problems.push_back(device->name() + " shows another photo");
            }
            const bool isSomewhere = without.size() < named;
            if (!without.empty() && (photo.certain || isSomewhere))
                problems.push_back(
                    without.front()->name() + " lacks a photo of device " + std::to_string(photo.author + 1));
        }
    return problems;
}

}  // namespace teren::sim
