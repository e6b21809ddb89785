// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/service/values.h"
#include "crypto/base/result.h"

namespace teren::service {

/// Field values as one value in the vault (JSON). Only this device ever reads them back.
Bytes encodeFields(const FieldValues& fields);
/// @return `Damaged` if these bytes were not made by `encodeFields`.
Result<FieldValues> decodeFields(ByteView bytes);

/// A draft likewise.
Bytes encodeDraft(const Draft& draft);
/// @return `Damaged` if these bytes were not made by `encodeDraft`.
Result<Draft> decodeDraft(ByteView bytes);

}  // namespace teren::service
