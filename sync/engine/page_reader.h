// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/engine/replica.h"

namespace teren::engine {

/// Turns pages into whole, authentic segments.
///
/// A body may come in several chunks, over several pages and even over several sessions; everything else of
/// an entry is proven by the page that brings its header. What this class hands out has been checked against
/// the Merkle root (the entry stands at its number), the author's key in the membership log (the author wrote
/// the header) and the header (the body is the one it names). Rights are judged, not enforced: a segment that
/// may not stand where it stands is handed out with its verdict. Only what cannot be judged is not: an honest
/// server has handed out the statements before.
///
/// After a failure the object must not be used again: the session is over.
class PageReader {
public:
    PageReader() = default;
    /// @param kept  The beginning of a body from an earlier session, verified then; `Partial{}` for none.
    /// @return `Malformed` if its header cannot be read.
    static Result<PageReader> resuming(const Partial& kept);

    /// @param tree  The head that the page's proof is made for.
    /// @return `Forged` or `Malformed`; nothing of the page may then be stored.
    Result<std::vector<Incoming>> read(
        const wire::Page& page, const ledger::TreeHead& tree, const ledger::Membership& membership);

    /// A body that is not whole yet, of this session or kept from an earlier one; `number` 0 if there is
    /// none.
    Partial unfinished() const;
    bool isInsideBody() const { return current_.number != 0; }
    /// The server has nothing more to send: what was kept is not asked for any more.
    void forgetKept() { kept_ = {}; }

private:
    Status start(const wire::Entry& entry, const ledger::Membership& membership);
    Status addData(const wire::Entry& entry);

    struct Body {
        std::uint64_t number = 0;  ///< 0 for none.
        ledger::Segment segment;
    };
    Body current_;  ///< Being put together.
    Body kept_;     ///< From an earlier session; the server reaches it in its own time.
};

/// How far the entries of a page bring a device that asks from its own cursors: whole ones above the page's
/// are of spaces that go ahead, and in a space nothing is passed over.
Reached reachedBy(std::span<const Incoming> entries, std::uint64_t cursor);

/// What the tree commits to for a segment at `number`.
ledger::Leaf leafOf(std::uint64_t number, const ledger::SignedSegmentHeader& head);

}  // namespace teren::engine
