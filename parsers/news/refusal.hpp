// What a site answers in an article's place, with status 200: that there is none, or that one has to log in.
#pragma once

#include <optional>
#include <string_view>

#include "parsers/dom.hpp"
#include "parsers/outcome.hpp"

namespace boardwalk::parsers::news {

// Of a page of few words that tells no day of publication: kNotFound where a short part of its <title> says so,
// kDenied where it asks for a password and one asks for a login; else nullopt.
[[nodiscard]] std::optional<Outcome> refusal_of(std::string_view title, dom::Node root);

}  // namespace boardwalk::parsers::news
