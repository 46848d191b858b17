// The sentences that Discuz! itself puts into posts, in the languages of its interface: who edited a post and
// when, whom a quote cites, why a part is withheld.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/discuz/context.hpp"
#include "parsers/discuz/message_body.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

struct Attribution {
  OptionalString author;
  std::optional<Moment> at;
};

// `本帖最后由 A 于 T 编辑` in any language; the author of unknown words is the post's own when they hold the
// name. nullopt when `text` has no time.
[[nodiscard]] std::optional<Attribution> read_edit_notice(const Context& context, std::string_view text,
                                                          const BodyHints& hints);
// Whether `text` begins as an edit notice does in Chinese or English.
[[nodiscard]] bool begins_edit_notice(std::string_view text);

// The line over a quote: `A 发表于 T`, `原帖由 A 于 T 发表`. nullopt for a line that is none, as one that goes on
// behind the time.
[[nodiscard]] std::optional<Attribution> read_quote_head(const Context& context, std::string_view line,
                                                         const BodyHints& hints);

// Quoted words without the label that the mobile template puts before them: `引用: `.
[[nodiscard]] std::string without_quote_label(std::string_view words);

enum class Withheld {
  kBlocked,       // by a moderator
  kAuthorBanned,  // the author is banned or deleted
  kHidden,        // from guests: members only, the thread's author only, for credits or a price
  kAttachment,    // only what is attached
};
// `whole` says that the notice stands in place of the post's words.
[[nodiscard]] Withheld read_withheld(dom::Node notice, bool whole);

}  // namespace boardwalk::parsers::discuz
