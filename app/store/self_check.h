// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/store/segment_table.h"
#include "app/store/space_writer.h"

namespace teren::store {

/// Compares everything that is kept twice: log and registers, registers and lists, text and its index, sealed
/// segments and what they hold, chains, receipts. Changes nothing.
///
/// What a person is told is what was found, also of what can be made anew.
class SelfCheck {
public:
    explicit SelfCheck(Core& core) : core_(core) {}

    /// @return a sentence for each problem; an error only where nothing could be read at all.
    Result<std::vector<std::string>> run();
    /// Whether the search index or the lists were found to differ from the records that they repeat.
    bool repetitionDiffers() const { return repetitionDiffers_; }

private:
    Status checkDatabase();
    Status checkStatements();
    Status checkSegments();
    void checkSegment(const StoredSegment& stored);
    Status checkContent(const StoredSegment& stored, const SpaceEntry& space);
    Status checkSpace(const SpaceEntry& space);
    Status checkRecords(const SpaceEntry& space, const SpaceState& rebuilt);
    Status checkSealing();
    void report(std::string sentence) { problems_.push_back(std::move(sentence)); }
    /// Of what can be made anew.
    void reportRepetition(std::string sentence)
    {
        repetitionDiffers_ = true;
        report(std::move(sentence));
    }

    Core& core_;
    std::vector<std::string> problems_;
    bool repetitionDiffers_ = false;
    std::map<std::pair<std::int64_t, Author>, Hash> chains_;  ///< By space row and author.
    std::map<std::pair<std::int64_t, Author>, std::uint64_t> nextSeq_;
};

}  // namespace teren::store
