#include "crawler/taken_down.hpp"

#include <cassert>
#include <utility>

#include "crawler/rows.hpp"
#include "crawler/sessions.hpp"
#include "parsers/url.hpp"
#include "store/bodies.hpp"
#include "store/page_redaction.hpp"
#include "store/schema.hpp"

namespace boardwalk::crawler {
namespace {

Result<void> erase_all(store::Batch& batch, store::Family family, const std::string& prefix) {
  return batch.scan(family, prefix, [&](std::string_view key, std::string_view) {
    batch.erase(family, key);
    return true;
  });
}

}  // namespace

Result<void> TakenDown::leave_out(Step& step) {
  if (!forgotten_) {
    auto loaded = store::Forgotten::load(database_);
    if (!loaded) return tl::unexpected(loaded.error());
    forgotten_ = std::move(*loaded);
  }
  if (forgotten_->empty() || step.lease.is_robots) return {};
  step.content.posts.clear();  // as the page said them
  if (forgotten_->has_site(step.lease.site) || forgotten_->has_file(step.lease.key))
    step.answer.body.clear();
  else
    black_out(step);
  if (step.page) forgotten_->take_out(*step.page);
  return {};
}

void TakenDown::black_out(Step& step) {
  if (step.answer.body.empty()) return;
  const std::string content_type = step.answer.header("content-type");
  const auto url = parsers::parse_url(step.answer.url);
  const parsers::PageInput input{
      step.answer.url, step.answer.body,
      content_type,    step.answer.ended_at / 1000,
      options_.zone,   url && options_.rules != nullptr ? options_.rules->find(*url) : nullptr};
  auto redacted = store::redacted_page(*forgotten_, input, step.sha256, workspace_);
  if (!redacted) return;
  step.redacted = true;
  step.answer.body = std::move(redacted->body);
  if (step.page && step.page->outcome == parsers::Outcome::kOk) step.page = std::move(redacted->page);
}

void TakenDown::put_redacted(store::Batch& batch, const Step& step, store::Visit& visit) {
  assert(step.redacted);
  visit.detail += visit.detail.empty() ? "redacted" : "; redacted";
  store::replace_body(batch, *store::digest_key(visit.sha256), {step.answer.body, 0, true}, nullptr);
}

Result<void> ask_no_more(store::Database& database, const std::string& site) {
  store::Batch batch(database);
  if (auto erased = erase_all(batch, store::Family::kUrls, site + " "); !erased) return erased;
  if (auto erased = erase_all(batch, store::Family::kQueue, site + '\0'); !erased) return erased;
  Sessions::erase(batch, site);
  HostRow host;
  host.blocked_until = kForever;
  host.blocked_because = "taken down by boardwalk forget";
  batch.put(store::Family::kHosts, site, store::pack(host));
  return database.commit(batch);
}

Result<void> black_out_names(store::Database& database, const std::string& site) {
  const auto forgotten = store::Forgotten::load(database);
  if (!forgotten) return tl::unexpected(forgotten.error());
  store::Batch batch(database);
  const std::string prefix = site + " ";
  auto scanned =
      database.scan(store::Family::kUrls, prefix, prefix, [&](std::string_view key, std::string_view value) {
        auto row = store::unpack<UrlRow>(value);
        if (!row) return true;
        const std::string before = row->listed;
        forgotten->black_out_names(site, row->listed);
        if (row->listed != before) batch.put(store::Family::kUrls, key, store::pack(*row));
        return true;
      });
  if (!scanned) return scanned;
  return database.commit(batch);
}

}  // namespace boardwalk::crawler
