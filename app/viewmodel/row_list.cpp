// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/row_list.h"

#include <QMetaProperty>

#include <algorithm>
#include <iterator>

namespace teren {
namespace {

constexpr int kRoleFirst = Qt::UserRole + 1;

}  // namespace

RowList::RowList(const QMetaObject& rowType, QObject* parent) : QAbstractListModel(parent), rowType_(rowType)
{
}

int RowList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant RowList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int property = role - kRoleFirst;
    if (property < 0 || property >= rowType_.propertyCount())
        return {};
    return rowType_.property(property).readOnGadget(rows_[static_cast<std::size_t>(index.row())].constData());
}

QHash<int, QByteArray> RowList::roleNames() const
{
    QHash<int, QByteArray> names;
    for (int i = 0; i < rowType_.propertyCount(); ++i)
        names.insert(kRoleFirst + i, rowType_.property(i).name());
    return names;
}

void RowList::replace(std::vector<QVariant> rows)
{
    const auto sameKey = [this](const QVariant& a, const QVariant& b) { return key(a) == key(b); };
    const auto split = std::ranges::mismatch(rows_, rows, sameKey);
    const auto prefix = static_cast<std::size_t>(split.in1 - rows_.begin());
    const auto tail = std::mismatch(
        rows_.rbegin(), std::make_reverse_iterator(split.in1), rows.rbegin(),
        std::make_reverse_iterator(split.in2), sameKey);
    const auto suffix = static_cast<std::size_t>(tail.first - rows_.rbegin());
    const std::size_t before = rows_.size();
    removeRange(prefix, rows_.size() - prefix - suffix);
    insertRange(prefix, rows, rows.size() - prefix - suffix);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool inserted = i >= prefix && i + suffix < rows.size();
        if (!inserted)
            update(i, std::move(rows[i]));
    }
    if (rows_.size() != before)
        emit countChanged();
}

void RowList::update(std::size_t at, QVariant row)
{
    if (rows_[at] == row)
        return;
    rows_[at] = std::move(row);
    const QModelIndex changed = index(static_cast<int>(at));
    emit dataChanged(changed, changed);
}

void RowList::removeRange(std::size_t first, std::size_t count)
{
    if (count == 0)
        return;
    beginRemoveRows({}, static_cast<int>(first), static_cast<int>(first + count - 1));
    const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(first);
    rows_.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    endRemoveRows();
}

void RowList::insertRange(std::size_t first, std::vector<QVariant>& from, std::size_t count)
{
    if (count == 0)
        return;
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + count - 1));
    const auto source = from.begin() + static_cast<std::ptrdiff_t>(first);
    // Copies: the caller still compares lengths and keys of what it passed.
    rows_.insert(
        rows_.begin() + static_cast<std::ptrdiff_t>(first), source,
        source + static_cast<std::ptrdiff_t>(count));
    endInsertRows();
}

QVariant RowList::key(const QVariant& row) const
{
    return rowType_.property(0).readOnGadget(row.constData());
}

}  // namespace teren
