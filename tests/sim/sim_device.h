// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/attachment_traffic.h"
#include "app/store/workspace_store.h"
#include "sync/engine/client_machine.h"
#include "tests/sim/memory_files.h"
#include "tests/sim/sim_server.h"

namespace teren::sim {

/// What every person in these stories is called: no frame may hold it.
inline constexpr std::string_view kMarker = "Bronisława Zmyślona";

/// A laptop: the real store on a database in memory, the real machine, and the driver around them.
class SimDevice {
public:
    struct Surroundings {
        test::Scheduler& scheduler;
        test::SeededRandom& random;  ///< The world's: for the network.
        const test::Weather& weather;
        SimServer& server;
        Trace& trace;
        bool checksConfirmed = false;  ///< After each message: it costs.
        bool carriesFiles = false;
        bool fillsDisks = false;    ///< Somebody's disk may be full.
        bool losesMembers = false;  ///< Somebody may be removed, or forgotten by a server that goes back.
        bool hearsOfLostHeads
            = false;  ///< From a colleague, before that one has said that the server went back.
    };
    /// What is on the disk of a device.
    struct Disk {
        std::unique_ptr<sql::Database> database;
        MemoryFiles::Content files;
    };

    SimDevice(
        std::string name, std::uint64_t seed, std::chrono::milliseconds clockOffset, Surroundings parts);
    SimDevice(const SimDevice&) = delete;
    SimDevice& operator=(const SimDevice&) = delete;
    ~SimDevice() { crash(); }

    const std::string& name() const { return name_; }
    bool isOn() const { return machine_ != nullptr; }
    store::WorkspaceStore& store() { return *store_; }
    const engine::ClientMachine& machine() const { return *machine_; }
    store::WorkspaceStore::Parts storeParts();
    /// Nothing without files in this world.
    store::AttachmentStore* attachments() { return attachments_.get(); }
    Instant now() const { return clock_.now(); }
    /// Somebody sets its clock, to so much ahead of what is right.
    void setClock(std::chrono::milliseconds ahead);
    /// Nothing more can be written on its disk; or it can again.
    void setFull(bool full);
    bool isFull() const { return files_.isFull; }
    /// No connection is made any more, and the one that there is breaks; or all is well again.
    void setOutOfReach(bool out);
    test::SeededRandom& random() { return random_; }

    /// Gives an empty device its workspace and switches it on.
    void begin(Result<std::unique_ptr<store::WorkspaceStore>> store);
    /// From what its disk holds.
    void switchOn();
    /// The process ends between two transactions; the server is not told.
    void crash();
    /// Only while off. The disk as it is now; `restore` puts an image on this device's disk.
    Disk image();
    void restore(const Disk& image);

    /// Of the membership log that is on its disk.
    std::uint64_t height() const;
    bool isMemberOf(const ledger::Membership& membership) const;
    const DeviceId& id() const { return id_; }
    /// Whether the server proves itself to it by these.
    bool trusts(const ledger::ServerKeyPair& server) const;
    /// Every segment that its store says is in the log.
    std::map<std::uint64_t, Hash> numbered();

    /// Something was saved.
    void touched();
    enum class Files : std::uint8_t { Move, Leave };
    /// What there is still to do, in words; empty if nothing.
    std::string unrest(const server::WorkspaceState& server, Files files);

    const std::vector<std::string>& problems() const { return problems_; }
    /// A sentence that the world will fail with, unless `status` is good.
    void check(const Status& status, std::string_view what);

private:
    class OffsetClock final : public Clock {
    public:
        OffsetClock(const test::Scheduler& scheduler, std::chrono::milliseconds offset)
            : scheduler_(scheduler),
              offset_(offset)
        {
        }
        Instant now() const override { return scheduler_.now() + offset_; }
        std::chrono::milliseconds offset() const { return offset_; }
        void set(std::chrono::milliseconds offset) { offset_ = offset; }

    private:
        const test::Scheduler& scheduler_;
        std::chrono::milliseconds offset_;
    };

    /// Nothing left that it may bring, or fetch, or wait for, of attachments.
    bool hasMovedFiles();
    store::AttachmentStore::Parts fileParts();
    void fill();
    void perform(const engine::ClientMachine::Actions& actions);
    void connect();
    void made();
    void heard(const Bytes& frame);
    void send(const wire::ToServer& message);
    void noteFailure();
    void checkConfirmed();
    void planWake();

    std::string name_;
    Surroundings parts_;
    OffsetClock clock_;
    test::SeededRandom random_;
    std::unique_ptr<sql::Database> database_;
    std::uint64_t height_ = 0;  ///< While off.
    DeviceId id_;
    bool hasBegun_ = false;  ///< There is something on the disk.
    MemoryFiles files_;
    bool isOutOfReach_ = false;
    std::unique_ptr<store::WorkspaceStore> store_;
    std::unique_ptr<store::AttachmentStore> attachments_;
    std::unique_ptr<store::AttachmentTraffic> traffic_;
    std::unique_ptr<engine::ClientMachine> machine_;
    std::shared_ptr<test::Line> line_;
    std::uint64_t boot_ = 0;  ///< Callbacks of an earlier boot do nothing.
    std::uint64_t attempt_ = 0;
    std::optional<Instant> wakePlanned_;
    std::vector<std::string> problems_;
};

}  // namespace teren::sim
