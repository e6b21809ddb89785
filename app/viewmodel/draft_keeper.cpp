// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/draft_keeper.h"

#include <algorithm>
#include <utility>

namespace teren {
namespace {

Status put(Desk& desk, const std::string& key, const service::FieldValues& answers)
{
    const bool isEmpty
        = std::ranges::all_of(answers, [](const auto& answer) { return answer.second.empty(); });
    return isEmpty ? desk.dropDraft(key) : desk.saveDraft(key, {.answers = answers, .shown = {}});
}

}  // namespace

DraftKeeper::DraftKeeper(DeskLink& link, const Clock& clock, QObject* parent)
    : QObject(parent),
      link_(link),
      clock_(clock)
{
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &DraftKeeper::write);
    connect(&link_, &DeskLink::closed, this, [this] {
        timer_.stop();
        pace_ = {};
        key_.clear();
        answers_.clear();
    });
}

void DraftKeeper::begin(const std::string& key, std::function<void(const service::FieldValues&)> found)
{
    if (key == key_ && pace_.isDirty()) {
        found(answers_);
        return;
    }
    write();
    key_ = key;
    answers_.clear();
    link_.ask(
        this, [key](Desk& desk) { return desk.draft(key); },
        [this, key, found = std::move(found)](const Result<service::Draft>& kept) {
            if (kept && key == key_ && !kept->answers.empty() && !pace_.isDirty())
                found(kept->answers);
        });
}

void DraftKeeper::keep(const service::FieldValues& answers)
{
    if (key_.empty() || answers == answers_)
        return;
    answers_ = answers;
    pace_.changed(clock_.now());
    arm();
}

void DraftKeeper::drop()
{
    timer_.stop();
    pace_.dropped();
    answers_.clear();
    if (!key_.empty())
        link_.ask(this, [key = key_](Desk& desk) { return desk.dropDraft(key); }, [](const Status&) {});
}

void DraftKeeper::arm()
{
    if (const auto wait = pace_.wait(clock_.now()))
        timer_.start(*wait);
    else
        timer_.stop();
}

void DraftKeeper::write()
{
    if (!pace_.isDirty() || key_.empty())
        return;
    pace_.started(clock_.now());
    timer_.stop();
    link_.ask(
        this, [key = key_, answers = answers_](Desk& desk) { return put(desk, key, answers); },
        [this, key = key_](const Status& done) {
            pace_.finished();
            if (!done && key == key_ && !answers_.empty())
                pace_.changed(clock_.now());
            arm();
        });
}

DeskLink::LastWork DraftKeeper::parting()
{
    if (!pace_.isDirty() || key_.empty())
        return {};
    pace_.dropped();
    return [key = key_, answers = answers_](Desk& desk) { return put(desk, key, answers); };
}

DeskLink::LastWork both(DeskLink::LastWork first, DeskLink::LastWork second)
{
    if (!first)
        return second;
    if (!second)
        return first;
    return [first = std::move(first), second = std::move(second)](Desk& desk) mutable {
        const Status one = first(desk);
        const Status other = second(desk);
        return one ? other : one;
    };
}

}  // namespace teren
