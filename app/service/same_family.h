// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/office.h"

// One family entered as two cases, by two people apart. Nothing is moved: a link joins cases to a class that
// is read together, each person reading what they may read anyway. A link is a random tag that both cases
// have, so neither names the other to somebody who may read only one: sync/README.md, "Merging".
namespace teren::service {

struct CaseName {
    CaseId id;
    std::string number;
    std::string title;
};

/// A person of one case who seems to be a person of another.
struct SamePerson {
    enum class Why : std::uint8_t { Pesel, NameAndBirthDate };
    Why why = Why::Pesel;
    RecordId first;   ///< In the first case of the suggestion.
    RecordId second;  ///< In the second.

    friend auto operator<=>(const SamePerson&, const SamePerson&) = default;
};

/// Two cases that may be one family. A person decides; no key is ever shown.
struct FamilySuggestion {
    CaseName first;
    CaseName second;
    std::vector<SamePerson> because;
};

/// The cases of one family, as far as they are on this device.
struct Family {
    std::vector<CaseName> cases;  ///< By id; the first stands for all of them.
    /// Of these, pairs that somebody has called different families, without knowing of the link, or that are
    /// linked through others only. Linked they stay until somebody decides.
    std::vector<std::pair<CaseId, CaseId>> disputed;
    /// Links of these cases whose other end is not on this device, or has been cut there.
    std::size_t elsewhere = 0;
};

/// Pairs of cases with a person of one PESEL, or of one name and day of birth, that nobody has linked or
/// called different. Reads the persons of all cases.
Result<std::vector<FamilySuggestion>> familySuggestions(Office& office);

/// Says that two cases are one family, and takes back that they are not. Again changes nothing.
/// @return `Invalid` for one case twice; as `WorkspaceStore::save` where one of them may not be written.
Status linkFamily(Office& office, const CaseId& one, const CaseId& other);
/// Says that two cases are different families: cuts their links, and they are not suggested again.
Status separateFamily(Office& office, const CaseId& one, const CaseId& other);
/// Whether the two have a link of their own, not only through others.
Result<bool> areLinked(Office& office, const CaseId& one, const CaseId& other);

/// The class of a case: alone, if it is linked with none.
Result<Family> familyOf(Office& office, const CaseId& one);
/// Every class of more than one case.
Result<std::vector<Family>> families(Office& office);
/// The records of all its cases, as `Office::records` gives those of each.
Result<std::vector<RecordView>> familyRecords(
    Office& office, const CaseId& one, const std::string& type = {});

}  // namespace teren::service
