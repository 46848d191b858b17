#include "crawler/judge.hpp"

#include <fmt/format.h>

#include "crawler/media.hpp"
#include "parsers/page_key.hpp"
#include "parsers/sniff.hpp"

namespace boardwalk::crawler {

using parsers::Outcome;

namespace {

// What a file's answer is: a page in its place may say why there is none.
std::pair<Outcome, std::string> judge_file(const Step& step, const std::vector<std::string>& types) {
  if (step.answer.outcome != Outcome::kOk) return {step.answer.outcome, step.answer.detail};
  if (step.page) {
    if (step.page->outcome != Outcome::kOk) return {step.page->outcome, step.page->detail};
    return {Outcome::kNotHtml, "a page where a file was asked for"};
  }
  if (step.answer.body.empty()) return {Outcome::kNotHtml, "empty body"};
  const std::string type = parsers::media_type(step.answer.header("content-type"));
  if (!is_wanted_type(type, types)) return {Outcome::kNotHtml, "a file of the type " + type};
  return {Outcome::kOk, {}};
}

// What should stand where a page of no known kind stands, as while a site is mended or its database is away:
// a thread or a board; empty when it may be what it is.
std::string_view hidden_by(const Step& step) {
  if (step.page->kind != parsers::PageKind::kOther) return {};
  const auto url = parsers::parse_url(step.answer.url);
  const parsers::PageTarget target = url ? parsers::page_target(*url) : parsers::PageTarget{};
  if (!target.follow) return {};
  if (target.role == parsers::LinkRole::kThread) return "thread";
  return target.role == parsers::LinkRole::kBoard ? "board" : "";
}

}  // namespace

std::pair<Outcome, std::string> judge(const Step& step, const UrlRow& row,
                                      const std::vector<std::string>& types) {
  if (step.answer.status == 304) {
    const bool asked = !step.lease.row.etag.empty() || !step.lease.row.last_modified.empty();
    if (asked) return {Outcome::kUnchanged, step.answer.detail};
    return {Outcome::kHttpError, "304 to a request without conditions"};
  }
  if (is_file(step.lease.row)) return judge_file(step, types);
  if (!step.page) {
    if (step.answer.outcome == Outcome::kOk) return {Outcome::kNotHtml, "empty body"};
    return {step.answer.outcome, step.answer.detail};
  }
  if (step.answer.outcome != Outcome::kOk) {
    // An error page of the forum's own says more exactly what its status means.
    const Outcome said = step.page->outcome;
    const bool refused = step.answer.outcome != Outcome::kHttpError;
    const bool says_more =
        said == Outcome::kChallenge ||
        (refused && (said == Outcome::kDenied || said == Outcome::kNotFound || said == Outcome::kGone));
    if (says_more) return {step.page->outcome, step.page->detail};
    return {step.answer.outcome, step.answer.detail};
  }
  if (const auto hidden = hidden_by(step); step.page->outcome == Outcome::kOk && !hidden.empty())
    return {Outcome::kUnreadable, fmt::format("a {}'s URL, but the page is none of a forum", hidden)};
  const bool same = step.page->outcome == Outcome::kOk && !step.content.sha256.empty() &&
                    step.content.sha256 == row.content_sha256;
  return {same ? Outcome::kUnchanged : step.page->outcome, step.page->detail};
}

}  // namespace boardwalk::crawler
