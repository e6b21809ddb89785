// SPDX-License-Identifier: EUPL-1.2
#include "app/viewmodel/notice_words.h"

#include "tests/support/catch.h"

#include <QCoreApplication>
#include <QTranslator>

#include <algorithm>
#include <set>

using namespace teren;

namespace {

using What = service::NoticePart::What;

/// The window in Polish, while this lives.
class InPolish {
public:
    InPolish()
    {
        REQUIRE(words_.load(QStringLiteral("teren_pl"), QStringLiteral(TEREN_TRANSLATION_DIR)));
        QCoreApplication::installTranslator(&words_);
    }
    ~InPolish() { QCoreApplication::removeTranslator(&words_); }

private:
    // A translator is asked through the application.
    int count_ = 0;
    QCoreApplication application_{count_, nullptr};
    QTranslator words_;
};

/// A notice of this kind as the service gives it, with a name of its own for each part.
service::Notice noticeOf(service::NoticeKind kind, What what = What::Text)
{
    service::Notice notice{1, std::string(store::noticePattern(kind)), Instant{}, kind, {}};
    const auto count = std::ranges::count(notice.text, '*');
    for (std::ptrdiff_t at = 0; at < count; ++at)
        notice.parts.push_back({what, "part" + std::to_string(at + 1)});
    return notice;
}

}  // namespace

TEST_CASE("notice words: every kind of notice has words in Polish")
{
    const InPolish polish;
    std::set<QString> known;
    for (std::size_t at = 0; at < store::kNoticeKinds; ++at) {
        const service::Notice notice = noticeOf(static_cast<service::NoticeKind>(at));
        INFO(notice.text);
        const QString words = wording::notice(notice);
        CHECK(known.insert(words).second);
        // No sentence of a notice is Polish by chance: each has letters that English has not.
        const bool isPolish = std::ranges::any_of(
            words, [](QChar letter) { return QStringLiteral("ąćęłńóśźż").contains(letter); });
        CHECK(isPolish);
        CHECK_FALSE(words.contains(QLatin1Char('%')));
    }
}

TEST_CASE("notice words: the same parts are named in Polish as in English")
{
    const auto named = [](const service::Notice& notice) {
        const QString words = wording::notice(notice);
        std::set<std::string> found;
        for (const service::NoticePart& part : notice.parts)
            if (words.contains(QString::fromStdString(part.words)))
                found.insert(part.words);
        return found;
    };
    for (std::size_t at = 0; at < store::kNoticeKinds; ++at) {
        const service::Notice notice = noticeOf(static_cast<service::NoticeKind>(at));
        INFO(notice.text);
        const std::set<std::string> english = named(notice);
        const InPolish polish;
        CHECK(named(notice) == english);
    }
}

TEST_CASE("notice words: what a disk and the server lost together says where it is and what to do, in Polish")
{
    const InPolish polish;
    service::Notice lost = noticeOf(service::NoticeKind::WorkReplaced);
    lost.parts = {{What::Device, "JL-2"}, {What::Text, "17"}, {What::Case, "LIP/1 (Rodzina %1)"}};
    const QString words = wording::notice(lost);
    CHECK(words.startsWith(QStringLiteral("Serwer utracił pracę z jednego z urządzeń (JL-2)")));
    CHECK(words.contains(QStringLiteral("Gdzie: sprawa LIP/1 (Rodzina %1).")));
    CHECK(words.contains(QStringLiteral("wpisz ponownie to, co nadal jest aktualne")));
    CHECK_FALSE(words.contains(QStringLiteral("17")));
}

TEST_CASE("notice words: whatever a part may be has words in Polish")
{
    const auto wordsFor
        = [](What what) { return wording::notice(noticeOf(service::NoticeKind::KeyUnopened, what)); };
    for (const What what :
         {What::NamelessDevice, What::Case, What::RemovedCase, What::UnknownCase, What::OfficeRecords}) {
        const QString english = wordsFor(what).section(QLatin1Char('('), 1).section(QLatin1Char(')'), 0, 0);
        const InPolish polish;
        INFO(english.toStdString());
        CHECK_FALSE(wordsFor(what).contains(english));
    }
}

TEST_CASE("notice words: what another version of the program wrote is shown as it stands")
{
    const InPolish polish;
    for (const char* other : {"", "Something else happened to %1.", "Device AS-1 goes on."})
        CHECK(wording::notice({1, other, Instant{}, {}, {}}) == QString::fromLatin1(other));
}
