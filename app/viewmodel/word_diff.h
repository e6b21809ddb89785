// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

#include <vector>

namespace teren {

/// A run of words of one side of a conflict, against what both sides had seen.
struct DiffRun {
    enum class Kind { Same, Added, Removed };
    Kind kind = Kind::Same;
    QString text;  ///< With the spaces that belong to it.

    friend bool operator==(const DiffRun&, const DiffRun&) = default;
};

/// How `side` came from `base`, word by word. Texts of more than a few thousand words are not compared: the whole
/// is then "removed" and "added".
std::vector<DiffRun> wordDiff(const QString& base, const QString& side);

/// The runs as rich text: added words underlined on `addedColour`, removed ones struck through on
/// `removedColour`, so that nothing depends on colour.
QString markedText(const std::vector<DiffRun>& runs, const QString& addedColour, const QString& removedColour);

}  // namespace teren
