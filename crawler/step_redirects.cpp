// The part of a step that decides what becomes of a page that redirects.
#include "config/percent.hpp"
#include "crawler/media.hpp"
#include "crawler/spellings.hpp"
#include "crawler/step_writer.hpp"
#include "store/files.hpp"
#include "store/visits.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;
using parsers::Outcome;

constexpr std::size_t kShownLocation = 200;

// In ASCII, whatever bytes the server sent.
std::string shown(std::string_view location) {
  std::string text;
  for (const char c : location.substr(0, kShownLocation))
    if (c >= ' ' && c <= '~')
      text += c;
    else
      percent::append(text, static_cast<unsigned char>(c));
  return text;
}

// Whether the page's fetch before this one was of the same spelling, and redirected as this one is.
Result<bool> redirected_before(const store::Database& database, const Step& step, const std::string& detail) {
  const auto last = store::last_visit(database, step.lease.key);
  if (!last) return tl::unexpected(last.error());
  return *last && (*last)->outcome == Outcome::kRedirected && (*last)->url == step.answer.url &&
         (*last)->detail == detail;
}

bool is_list(LinkRole role) {
  return role == LinkRole::kIndex || role == LinkRole::kBoard || role == LinkRole::kListing;
}

// Whether a redirect from one to the other leads up, to what can only list the page. Where sites send their
// visitors so, the spelling is one that they have given up.
bool leads_up(LinkRole from, LinkRole to) {
  if (to == LinkRole::kIndex) return from != LinkRole::kIndex;
  return is_list(to) && !is_list(from);
}

}  // namespace

// Whether the redirects that led to this page passed `key`.
Result<bool> StepWriter::came_from(const UrlRow& row, const std::string& key) const {
  std::string via = row.via;
  for (int hops = row.hops; hops > 0; --hops) {
    if (via == key) return true;
    auto before = read_url(database_, via);
    if (!before) return tl::unexpected(before.error());
    if (!*before) return false;
    via = (*before)->via;
  }
  return false;
}

// A redirect's target is a page of its own, unless it is another spelling of this one: then that spelling is
// fetched. Before one that leads up is followed, the other spellings of the page are tried.
Result<Outcome> StepWriter::follow_redirect(store::Batch& batch, const Step& step, UrlRow& row,
                                            std::optional<std::int64_t>& due, std::string& detail) {
  const auto base = parsers::parse_url(step.answer.url);
  const auto target = base ? parsers::resolve_url(*base, step.answer.location) : std::nullopt;
  if (!target) {
    detail = "redirected to \"" + shown(step.answer.location) + "\", which cannot be fetched";
    return Outcome::kRedirected;
  }
  Offer offer;
  offer.key = parsers::page_key(*target);
  detail = "to " + target->str();
  auto circles = came_from(row, offer.key.key);
  if (!circles) return tl::unexpected(circles.error());
  if (row.hops >= settings_.of(step.lease.site).redirects || *circles) {
    row.hops = 0;
    return Outcome::kRedirectLoop;
  }
  if (offer.key.key == step.lease.key) {
    // The same spelling again happens once after a deletion (Discuz! X renumbers floors), or for a cookie
    // that came with it; a second time in a row it is a loop.
    auto again = redirected_before(database_, step, detail);
    if (!again) return tl::unexpected(again.error());
    if (target->str() == row.url && *again) {
      row.hops = 0;
      return Outcome::kRedirectLoop;
    }
    row.url = target->str();
    ++row.hops;
    due = kAtOnce;
    return Outcome::kRedirected;
  }
  const parsers::PageKey here = parsers::page_key(*base);
  if (!is_file(row) && leads_up(here.role, offer.key.role) && drop_spelling(row, step.lease.row.url)) {
    due = kAtOnce;
    return Outcome::kRedirected;
  }
  offer.url = target->str();
  offer.site = target->site();
  // Due as the page that led here is: a seed at every look, a thread by what its listing said.
  const bool by_itself = offer.key.role == LinkRole::kIndex || offer.key.role == LinkRole::kBoard;
  offer.what.role = by_itself ? offer.key.role : row.link_role();
  if (!by_itself && !row.listed.empty()) offer.what.listed = row.listed;
  offer.depth = row.depth;
  offer.hops = row.hops + 1;
  offer.via = step.lease.key;
  if (is_file(row)) {
    if (!may_be_file(*target, offer.key)) {
      detail += ", which is no file";
      return Outcome::kRedirected;
    }
    store::put_moved_file(batch, step.lease.key, offer.key.key);
  }
  // Of whatever kind: a seed is followed where it has moved to.
  const bool admitted = is_file(row) ? scope_.admits_file(*target)
                                     : offer.key.follow && scope_.trap(*target, now_()).empty() &&
                                           scope_.admits(here, *target, offer.key);
  if (!admitted) {
    detail += ", which is not in scope";
    return Outcome::kRedirected;
  }
  auto queued = frontier_.offer(batch, offer, now_());
  if (!queued) return tl::unexpected(queued.error());
  return Outcome::kRedirected;
}

}  // namespace boardwalk::crawler
