// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/carrier/delivery_proof.h"

#include <string_view>

namespace teren::service {

/// The whole text of a statement of delivery, the block that proves it at its end: what the block says, in
/// words, and nothing else. So who reads the text may believe it as far as the block. PROTOCOL.md,
/// section 19.
///
/// The same block makes the same text in every later build.
std::string paperOf(const carrier::DeliveryTold& told, const carrier::Delivered& delivered, ByteView block);
/// The block in such a text. @return `Malformed` where there is none that can be read.
Result<Bytes> blockIn(std::string_view text);
/// As printed: groups of five base 32 characters, the first 100 bits.
std::string codeOf(ByteView block);
/// 64 hex digits of what people compare.
std::string fingerprintText(const ledger::ServerKeyPair& keys);

}  // namespace teren::service
