// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace teren {

/// What kind of state a chip or a mark tells of. The page chooses the colour; the words are always there too.
class Tone : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Only an enumeration.")

public:
    enum Value {
        Neutral,  ///< Nothing to do: planned, later.
        Waiting,  ///< A draft, unsent, due soon.
        Alarm,    ///< A conflict, overdue.
        Done,
        New
    };
    Q_ENUM(Value)
};

}  // namespace teren
