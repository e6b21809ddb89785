// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// Work that is kept and does not count, work that others wait for, and what a server or a device has signed
/// twice. Asks only while its page is open.
class ApartController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(bool known READ known NOTIFY shown FINAL)
    Q_PROPERTY(bool working READ working NOTIFY shown FINAL)
    Q_PROPERTY(QString question READ question NOTIFY shown FINAL)
    Q_PROPERTY(QString questionAdvice READ questionAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString reportAdvice READ reportAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)
    Q_PROPERTY(teren::ApartList* work READ work CONSTANT FINAL)
    Q_PROPERTY(teren::MissingList* missing READ missing CONSTANT FINAL)

public:
    ApartController(
        DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent = nullptr);

    bool known() const { return known_; }
    bool working() const { return working_; }
    /// What going on without somebody's work would do, asked before it is done; empty if nothing is asked.
    QString question() const { return question_; }
    QString questionAdvice() const { return questionAdvice_; }
    QString report() const { return report_; }
    QString reportAdvice() const { return reportAdvice_; }
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }
    ApartList* work() { return &work_; }
    MissingList* missing() { return &missing_; }

    Q_INVOKABLE void open();
    Q_INVOKABLE void leave();
    /// Enters the work of a line again, as this person's.
    Q_INVOKABLE void enterAgain(int line);
    /// Asks whether to go on without what a line waits for; `confirm` does it.
    Q_INVOKABLE void askToGoOn(int line);
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void cancel();
    /// Writes what was signed twice into a new file. @param folder  Gets it.
    Q_INVOKABLE void writeEvidence(const QString& folder);
    void refresh();

signals:
    void shown();

private:
    void clear();
    void clearOutcome();
    void tell(Errc code);
    bool begin();
    ApartRow row(const Desk::Apart& apart) const;
    MissingRow row(const service::WaitingView& waiting) const;
    QString entry(const service::ApartView& view, const service::ApartEntry& entry) const;

    DeskLink& link_;
    const Clock& clock_;
    const domain::SchemaSet& schemas_;
    bool open_ = false;
    bool known_ = false;
    bool working_ = false;
    std::vector<Desk::Apart> apart_;
    std::vector<service::WaitingView> waiting_;
    std::optional<service::VoidWish> wish_;
    QString question_;
    QString questionAdvice_;
    QString report_;
    QString reportAdvice_;
    QString problem_;
    QString advice_;
    ApartList work_;
    MissingList missing_;
};

}  // namespace teren
