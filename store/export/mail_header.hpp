// Header fields of a mail message (RFC 5322), whose text may be of any language (RFC 2047).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "parsers/moment.hpp"

namespace boardwalk::store {

// Base64 (RFC 4648 §4) in one line.
[[nodiscard]] std::string base64(std::string_view bytes);

// The text as the value of an unstructured field, folded: as it is when it is plain ASCII, else in encoded
// words, none of which splits a character. Line ends become spaces.
[[nodiscard]] std::string header_text(std::string_view utf8);

// `"Name" <address>`
[[nodiscard]] std::string mailbox(std::string_view name, std::string_view address);

// A name of letters, digits, `.`, `-` and `_` alone, as addresses and message ids want it (RFC 5322
// §3.2.3): other bytes become `=XX`.
[[nodiscard]] std::string dot_atom(std::string_view text);

// `Wed, 25 Nov 2026 15:00:00 +0800`, in the moment's own zone; `-0000` when that is not known (§3.3).
[[nodiscard]] std::string mail_date(const parsers::Moment& moment);
// The time of a `From ` line: `Wed Nov 25 07:00:00 2026`, UTC.
[[nodiscard]] std::string envelope_date(std::int64_t epoch_seconds);

}  // namespace boardwalk::store
