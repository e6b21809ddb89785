// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// Work that is carried on a stick where no network reaches: writing it into a sealed file, and taking such a
/// file, or a server's reply to one, in.
class CarryController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(bool working READ working NOTIFY shown FINAL)
    Q_PROPERTY(QString report READ report NOTIFY shown FINAL)
    Q_PROPERTY(QString reportAdvice READ reportAdvice NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(QString advice READ advice NOTIFY shown FINAL)

public:
    CarryController(DeskLink& link, const Clock& clock, QObject* parent = nullptr);

    bool working() const { return working_; }
    QString report() const { return report_; }
    QString reportAdvice() const { return reportAdvice_; }
    QString problem() const { return problem_; }
    QString advice() const { return advice_; }

    /// Sticks that are in: maps with `id` (a folder) and `label`.
    Q_INVOKABLE QVariantList places() const;
    /// @param folder  Gets a new file. @param unsentOnly  Without what the office has confirmed.
    Q_INVOKABLE void write(const QString& folder, bool unsentOnly);
    Q_INVOKABLE void take(const QString& file);

signals:
    void shown();

private:
    bool begin();
    void clear();
    void tell(const service::ImportReport& taken);

    DeskLink& link_;
    const Clock& clock_;
    bool working_ = false;
    QString report_;
    QString reportAdvice_;
    QString problem_;
    QString advice_;
};

}  // namespace teren
