// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/platform/worker.h"
#include "app/viewmodel/sample_desk.h"
#include "app/viewmodel/workspace.h"
#include "crypto/base/assert.h"
#include "crypto/sign/system_random.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>

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

private:
    class SampleClock : public Clock {
    public:
        Instant now() const override { return SampleDesk::now(); }
    };

    void fill(SampleDesk::Content content)
    {
        workspace_ = std::make_unique<Workspace>(Workspace::Parts{
            .worker = worker_,
            .clock = clock_,
            .random = random_,
            .schemas = *schemas_,
            .opener = [content](const std::string& passphrase) -> Result<std::unique_ptr<Desk>> {
                if (passphrase != "kalina")
                    return fail(Errc::WrongPassphrase);
                return std::make_unique<SampleDesk>(content);
            },
            .profile = QStringLiteral("anna"),
            .settings = settings_,
            .pace = SyncController::Pace::ByHand,
        });
    }

    SampleClock clock_;
    Result<domain::SchemaSet> schemas_;
    SystemRandom random_;
    platform::Worker worker_;
    SettingsController settings_{QStringLiteral("en")};
    std::unique_ptr<Workspace> workspace_;
};

}  // namespace teren::test
