// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/worker.h"
#include "app/viewmodel/sample_desk.h"
#include "app/viewmodel/workspace.h"
#include "crypto/base/assert.h"
#include "crypto/sign/system_random.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <atomic>
#include <memory>
#include <optional>

namespace teren::test {

/// The controllers of the app over the sample cases, for the tests of the pages. The passphrase is "kalina".
class SampleOffice : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(teren::Workspace* workspace READ workspace CONSTANT FINAL)

public:
    explicit SampleOffice(QObject* parent = nullptr) : QObject(parent), schemas_(domain::SchemaSet::builtIn())
    {
        TEREN_ASSERT(schemas_.has_value());
        fill(SampleDesk::Content::Full);
    }

    Workspace* workspace() { return workspace_.get(); }

    /// Starts anew, locked; `content` is used when it is unlocked.
    Q_INVOKABLE void restart(bool empty)
    {
        workspace_.reset();
        fill(empty ? SampleDesk::Content::Empty : SampleDesk::Content::Full);
    }

    /// The same for somebody who is in no office, or waits with this code to be let in.
    Q_INVOKABLE void restartOutside(const QString& code)
    {
        workspace_.reset();
        fill(SampleDesk::Content::Empty, Desk::Holder{"Ewa Mak", {}, code.toStdString(), {}});
    }

    /// A colleague writes into a record; it arrives with the next synchronisation.
    Q_INVOKABLE void colleagueWrites(const QString& record, const QString& field, const QString& value)
    {
        const Result<RecordId> id = RecordId::fromHex(record.toStdString());
        TEREN_ASSERT(id.has_value());
        worker_.post([this, id = *id, field = field.toStdString(), value = value.toStdString()] {
            desk_->colleagueWrites(id, field, value);
        });
    }

    /// So many minutes pass, and the window sees it.
    Q_INVOKABLE void pass(int minutes)
    {
        clock_.later += std::chrono::minutes(minutes);
        workspace_->idle().check();
    }
    /// From now on nothing can be written, until `emptyDisk`.
    Q_INVOKABLE void fillDisk() { *full_ = true; }
    Q_INVOKABLE void emptyDisk() { *full_ = false; }
    /// The lid is closed, or the desktop locks its session.
    Q_INVOKABLE void closeLid() { emit session_.locking(); }
    /// How often the machine was told that it may sleep.
    Q_INVOKABLE int readyToSleep() const { return session_.ready; }

private:
    class SampleClock : public Clock {
    public:
        Instant now() const override { return SampleDesk::now() + later; }
        std::chrono::minutes later{0};
    };

    class OtherDesk : public SampleDesk {
    public:
        OtherDesk(Content content, std::optional<Holder> holder, std::shared_ptr<std::atomic<bool>> full)
            : SampleDesk(content),
              holder_(std::move(holder)),
              full_(std::move(full))
        {
        }
        Holder holder() override { return holder_ ? *holder_ : SampleDesk::holder(); }
        Status saveDraft(const std::string& key, const service::Draft& draft) override
        {
            return *full_ ? fail(Errc::DiskFull) : SampleDesk::saveDraft(key, draft);
        }

    private:
        std::optional<Holder> holder_;
        std::shared_ptr<std::atomic<bool>> full_;
    };

    /// The desktop of the test: goes to sleep when it is told to.
    class TestSession : public SessionWatch {
    public:
        void readyToSleep() override { ++ready; }
        int ready = 0;
    };

    void fill(SampleDesk::Content content, const std::optional<Desk::Holder>& holder = {})
    {
        *full_ = false;
        workspace_ = std::make_unique<Workspace>(Workspace::Parts{
            .worker = worker_,
            .clock = clock_,
            .random = random_,
            .schemas = *schemas_,
            .opener
            = [this, content, holder](const std::string& passphrase) -> Result<std::unique_ptr<Desk>> {
                if (passphrase != "kalina")
                    return fail(Errc::WrongPassphrase);
                auto desk = std::make_unique<OtherDesk>(content, holder, full_);
                desk_ = desk.get();
                return desk;
            },
            .folder = QStringLiteral("/home/anna/teren/anna"),
            .settings = settings_,
            .session = session_,
            .pace = SyncController::Pace::ByHand,
        });
    }

    SampleClock clock_;
    Result<domain::SchemaSet> schemas_;
    SystemRandom random_;
    TestSession session_;
    std::shared_ptr<std::atomic<bool>> full_ = std::make_shared<std::atomic<bool>>(false);
    SampleDesk* desk_ = nullptr;  ///< Touched on the worker thread only, while it is open.
    platform::Worker worker_;
    SettingsController settings_{QStringLiteral("en")};
    std::unique_ptr<Workspace> workspace_;
};

}  // namespace teren::test
