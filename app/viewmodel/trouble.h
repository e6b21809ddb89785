// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/device_facts.h"
#include "crypto/base/error.h"

#include <QString>

#include <string>

/// What an error means for a person, by what was being done: what is wrong, what is safe, what to do. Never a
/// code. No other file of the windows turns an `Errc` into words.
namespace teren::wording {

struct Trouble {
    QString title;
    QString advice;
};

Trouble trouble(Errc code);
/// The same where a profile is being opened: nothing of it was written then.
Trouble opening(Errc code);
/// The same of a profile that is open: something in it cannot be read.
Trouble met(Errc code);
/// Whether such an error is about the profile itself, and not only about what was asked for.
bool isAlarming(Errc code);
/// What was seen in the files of an open profile.
Trouble alarm(service::Alarm::Kind kind);

/// Reading a backup, to check it or to bring it back. @param byCode  With a recovery code.
Trouble readingBackup(Errc code, bool byCode);
Trouble stoppedReading();
Trouble writingBackup(Errc code);
Trouble stoppedWriting();

/// Writing work into a file that is carried, and taking such a file in.
Trouble writingBundle(Errc code);
Trouble readingBundle(Errc code);

/// Exchanging with a colleague's device in the same room. @param isCall  It was this device that called.
Trouble meeting(Errc code, bool isCall);
/// What came is kept; whether the colleague has what was sent is not known.
Trouble halfMeeting(bool isCall);

/// Why the server took nothing, or not this: for the person who looks after it, within a sentence.
/// @param why  The word of `service::ServerRefusal` or of `service::SyncStatus::refusedWhy`.
QString refusal(const std::string& why);

/// Entering work again that does not count, and going on without work that is missing.
Trouble workApart(Errc code);
/// Why work does not count, by the word of `service::ApartView`. @param isMine  Own work that was replaced
/// was issued again, a colleague's has gone.
QString workApartWhy(const std::string& why, bool isMine);

/// Taking a file into a case.
Trouble addingFile(Errc code);
Trouble stoppedAdding();
/// Looking at a file of a case.
Trouble showingFile(Errc code);
/// Saving a copy of one outside.
Trouble copyingFile(Errc code);

/// Adds what exactly is wrong, in English, for whoever looks after the devices.
QString withDetail(const QString& advice, const std::string& detail);

}  // namespace teren::wording
