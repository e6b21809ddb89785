// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/viewmodel/desk_link.h"
#include "app/viewmodel/lists.h"

#include <QObject>

namespace teren {

/// What others changed while the person was away: by case for Today, and one by one for the page of it.
class NewsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Workspace.")
    Q_PROPERTY(int caseCount READ caseCount NOTIFY shown FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY shown FINAL)
    Q_PROPERTY(QString openCaseId READ openCaseId NOTIFY shown FINAL)
    Q_PROPERTY(QString openCase READ openCase NOTIFY shown FINAL)
    Q_PROPERTY(bool known READ known NOTIFY shown FINAL)
    Q_PROPERTY(bool more READ more NOTIFY shown FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY shown FINAL)
    Q_PROPERTY(teren::NewsList* cases READ cases CONSTANT FINAL)
    Q_PROPERTY(teren::ChangeList* changes READ changes CONSTANT FINAL)

public:
    /// How many Saves the page shows at first.
    static constexpr std::size_t kFirst = 60;

    NewsController(
        DeskLink& link, const Clock& clock, const domain::SchemaSet& schemas, QObject* parent = nullptr);

    /// With work of others that nobody has looked at on this device.
    int caseCount() const { return caseCount_; }
    /// "7 changes in 3 cases".
    QString summary() const;
    /// The case of the page that is open; empty for all cases.
    QString openCaseId() const { return openCaseId_; }
    QString openCase() const { return openCase_; }
    /// False until the vault was asked.
    bool known() const { return known_; }
    /// There are more changes than the page shows.
    bool more() const { return more_; }
    QString problem() const { return problem_; }
    NewsList* cases() { return &cases_; }
    ChangeList* changes() { return &changes_; }

    /// How many changes of a case are unseen, for its page; 0 for a case that has none or is not shown.
    Q_INVOKABLE int changesOf(const QString& caseId) const;
    /// The page of one case, or of all of them with an empty id.
    Q_INVOKABLE void open(const QString& caseId);
    Q_INVOKABLE void showMore();
    /// What the page that is open stands for was looked at; what came since it was shown was not.
    Q_INVOKABLE void markSeen();
    void refresh();

signals:
    void shown();
    /// It was kept that it was looked at.
    void marked();

private:
    void clear();
    void refreshOpen();
    void showOverview(const service::NewsOverview& overview);
    void showOpen(const service::ChangeList& list);
    ChangeRow row(const service::ChangeItem& item, std::size_t at) const;
    QString deed(const service::ChangeItem& item) const;

    DeskLink& link_;
    const Clock& clock_;
    const domain::SchemaSet& schemas_;
    int caseCount_ = 0;
    int changeCount_ = 0;
    std::map<std::string, int> byCase_;
    bool known_ = false;
    bool pageOpen_ = false;
    bool more_ = false;
    std::size_t limit_ = kFirst;
    QString openCaseId_;
    QString openCase_;
    QString problem_;
    service::ChangesSeen seen_;  ///< Of the page that is open.
    NewsList cases_;
    ChangeList changes_;
};

}  // namespace teren
