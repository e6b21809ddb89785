// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/word_diff.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace teren {
namespace {

// The table of the comparison has base times side cells.
constexpr std::size_t kCellsMax = 4'000'000;

/// Words, each with the white space that follows it.
std::vector<QString> words(const QString& text)
{
    static const QRegularExpression word(QStringLiteral("\\S+\\s*|\\s+"));
    std::vector<QString> found;
    auto matches = word.globalMatch(text);
    while (matches.hasNext())
        found.push_back(matches.next().captured());
    return found;
}

bool sameWord(const QString& a, const QString& b)
{
    return QStringView(a).trimmed() == QStringView(b).trimmed();
}

void append(std::vector<DiffRun>& runs, DiffRun::Kind kind, const QString& text)
{
    if (runs.empty() || runs.back().kind != kind)
        runs.push_back({kind, {}});
    runs.back().text += text;
}

/// Lengths of the longest common sequences of the ends of both lists.
class Table {
public:
    Table(const std::vector<QString>& a, const std::vector<QString>& b)
        : width_(b.size() + 1), cells_((a.size() + 1) * width_)
    {
        for (std::size_t i = a.size(); i-- > 0;) {
            for (std::size_t j = b.size(); j-- > 0;)
                cell(i, j) = sameWord(a[i], b[j]) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        }
    }
    std::uint32_t at(std::size_t i, std::size_t j) const { return cells_[i * width_ + j]; }

private:
    std::uint32_t& cell(std::size_t i, std::size_t j) { return cells_[i * width_ + j]; }

    std::size_t width_;
    std::vector<std::uint32_t> cells_;
};

QString styled(const QString& text, const QString& colour, const char* decoration)
{
    // The space after the last word stays outside of the mark.
    const QString core = text.trimmed();
    const QString rest = text.mid(text.indexOf(core) + core.size());
    return QStringLiteral("<span style=\"background-color:%1;text-decoration:%2\">%3</span>%4")
        .arg(colour, QString::fromLatin1(decoration), core.toHtmlEscaped(), rest.toHtmlEscaped());
}

}  // namespace

std::vector<DiffRun> wordDiff(const QString& base, const QString& side)
{
    const std::vector<QString> a = words(base);
    const std::vector<QString> b = words(side);
    if ((a.size() + 1) * (b.size() + 1) > kCellsMax)
        return {{DiffRun::Kind::Removed, base + QLatin1Char(' ')}, {DiffRun::Kind::Added, side}};
    const Table table(a, b);
    std::vector<DiffRun> runs;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && sameWord(a[i], b[j])) {
            append(runs, DiffRun::Kind::Same, b[j++]);
            ++i;
        } else if (i < a.size() && (j == b.size() || table.at(i + 1, j) >= table.at(i, j + 1))) {
            const QString& word = a[i++];
            append(runs, DiffRun::Kind::Removed, word.endsWith(QLatin1Char(' ')) ? word : word + QLatin1Char(' '));
        } else {
            const QString& word = b[j++];
            append(runs, DiffRun::Kind::Added, word);
        }
    }
    return runs;
}

QString markedText(const std::vector<DiffRun>& runs, const QString& addedColour, const QString& removedColour)
{
    QString html;
    for (const DiffRun& run : runs) {
        switch (run.kind) {
        case DiffRun::Kind::Same:
            html += run.text.toHtmlEscaped();
            break;
        case DiffRun::Kind::Added:
            html += styled(run.text, addedColour, "underline");
            break;
        case DiffRun::Kind::Removed:
            html += styled(run.text, removedColour, "line-through");
            break;
        }
    }
    return html.replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

}  // namespace teren
