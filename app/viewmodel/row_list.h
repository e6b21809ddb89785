// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace teren {

/// A list of plain rows for QML: the roles of the model are the properties of the row type, a `Q_GADGET` with
/// `operator==`. The first property is the row's key.
///
/// The model only holds rows; a controller reads the office and calls `setRows`, so tests fill a list without
/// one. Rows that stay keep their delegates, with focus and scroll position: what changed is updated in
/// place, and only what came or went between the common beginning and the common end is inserted or removed.
class RowList : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by a controller.")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    explicit RowList(const QMetaObject& rowType, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return rowCount(); }

    template <typename Row>
    void setRows(const std::vector<Row>& rows)
    {
        std::vector<QVariant> values;
        values.reserve(rows.size());
        for (const Row& row : rows)
            values.push_back(QVariant::fromValue(row));
        replace(std::move(values));
    }

    template <typename Row>
    Row row(int at) const
    {
        return rows_[static_cast<std::size_t>(at)].template value<Row>();
    }

    /// Shows `row` in the place of the row at `at`, which has the same key.
    template <typename Row>
    void setRow(int at, const Row& row)
    {
        update(static_cast<std::size_t>(at), QVariant::fromValue(row));
    }

    void clear() { replace({}); }

signals:
    void countChanged();

private:
    void replace(std::vector<QVariant> rows);
    void update(std::size_t at, QVariant row);
    void removeRange(std::size_t first, std::size_t count);
    void insertRange(std::size_t first, std::vector<QVariant>& from, std::size_t count);
    QVariant key(const QVariant& row) const;

    const QMetaObject& rowType_;
    std::vector<QVariant> rows_;
};

}  // namespace teren
