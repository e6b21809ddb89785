// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/row_list.h"
#include "app/viewmodel/rows.h"

#include <QSortFilterProxyModel>

// The lists that pages show, one type each, so that a page that is given the wrong one does not compile.
namespace teren {

class ProfileList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by ProfilesController.")

public:
    explicit ProfileList(QObject* parent = nullptr) : RowList(ProfileRow::staticMetaObject, parent) {}
};

class FactList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by DeviceController.")

public:
    explicit FactList(QObject* parent = nullptr) : RowList(FactLine::staticMetaObject, parent) {}
};

class BackupList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by BackupsController.")

public:
    explicit BackupList(QObject* parent = nullptr) : RowList(BackupRow::staticMetaObject, parent) {}
};

class FolderList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by FolderBrowser.")

public:
    explicit FolderList(QObject* parent = nullptr) : RowList(FolderRow::staticMetaObject, parent) {}
};

class AttachmentList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by AttachmentsController.")

public:
    explicit AttachmentList(QObject* parent = nullptr) : RowList(AttachmentRow::staticMetaObject, parent) {}
};

class VisitList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by TodayController.")

public:
    explicit VisitList(QObject* parent = nullptr) : RowList(VisitRow::staticMetaObject, parent) {}
};

class DueList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by TodayController.")

public:
    explicit DueList(QObject* parent = nullptr) : RowList(DueRow::staticMetaObject, parent) {}
};

class CaseList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by CasesController.")

public:
    explicit CaseList(QObject* parent = nullptr) : RowList(CaseRow::staticMetaObject, parent) {}
};

class ConflictList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by ConflictsController.")

public:
    explicit ConflictList(QObject* parent = nullptr) : RowList(ConflictRow::staticMetaObject, parent) {}
};

class SideList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by ConflictsController.")

public:
    explicit SideList(QObject* parent = nullptr) : RowList(SideRow::staticMetaObject, parent) {}
};

class EntryList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by CaseController.")

public:
    explicit EntryList(QObject* parent = nullptr) : RowList(EntryRow::staticMetaObject, parent) {}
};

class StageList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by CaseController.")

public:
    explicit StageList(QObject* parent = nullptr) : RowList(StageRow::staticMetaObject, parent) {}
};

class ScaleList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by CaseController.")

public:
    explicit ScaleList(QObject* parent = nullptr) : RowList(ScaleRow::staticMetaObject, parent) {}
};

class NewsList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by NewsController.")

public:
    explicit NewsList(QObject* parent = nullptr) : RowList(NewsRow::staticMetaObject, parent) {}
};

class ChangeList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by NewsController.")

public:
    explicit ChangeList(QObject* parent = nullptr) : RowList(ChangeRow::staticMetaObject, parent) {}
};

class HistoryList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by HistoryController.")

public:
    explicit HistoryList(QObject* parent = nullptr) : RowList(HistoryRow::staticMetaObject, parent) {}
};

class TrafficList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by TrafficController.")

public:
    explicit TrafficList(QObject* parent = nullptr) : RowList(TrafficRow::staticMetaObject, parent) {}
};

class AwaitedList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by TrafficController.")

public:
    explicit AwaitedList(QObject* parent = nullptr) : RowList(AwaitedRow::staticMetaObject, parent) {}
};

class HolderList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by TrafficController.")

public:
    explicit HolderList(QObject* parent = nullptr) : RowList(HolderRow::staticMetaObject, parent) {}
};

class ApartList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by ApartController.")

public:
    explicit ApartList(QObject* parent = nullptr) : RowList(ApartRow::staticMetaObject, parent) {}
};

class MissingList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by ApartController.")

public:
    explicit MissingList(QObject* parent = nullptr) : RowList(MissingRow::staticMetaObject, parent) {}
};

class FieldList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by FormController.")

public:
    /// Which editor a field gets. The order is that of `domain::FieldType`.
    enum Kind { Line, Text, Date, Time, Number, Scale, Choice, Choices, Phone, YesNo, Record, Pesel };
    Q_ENUM(Kind)

    explicit FieldList(QObject* parent = nullptr) : RowList(FieldRow::staticMetaObject, parent) {}
};

class SectionList : public teren::RowList {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by FormController.")

public:
    explicit SectionList(QObject* parent = nullptr) : RowList(SectionRow::staticMetaObject, parent) {}
};

/// The fields of one section of a form.
class FieldSlice : public QSortFilterProxyModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(teren::FieldList* fields READ fields WRITE setFields NOTIFY fieldsChanged FINAL)
    Q_PROPERTY(int section READ section WRITE setSection NOTIFY sectionChanged FINAL)

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    FieldList* fields() const { return qobject_cast<FieldList*>(sourceModel()); }
    void setFields(FieldList* fields)
    {
        if (fields == sourceModel())
            return;
        setSourceModel(fields);
        emit fieldsChanged();
    }
    int section() const { return section_; }
    void setSection(int section)
    {
        if (section == section_)
            return;
        section_ = section;
        invalidateFilter();
        emit sectionChanged();
    }

signals:
    void fieldsChanged();
    void sectionChanged();

protected:
    bool filterAcceptsRow(int row, const QModelIndex&) const override
    {
        const FieldList* list = fields();
        return list != nullptr && list->row<FieldRow>(row).section == section_;
    }

private:
    int section_ = 0;
};

}  // namespace teren
