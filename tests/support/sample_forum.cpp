#include "tests/support/sample_forum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "tests/support/charset.hpp"
#include "tests/support/forum_routes.hpp"
#include "tests/support/news_page.hpp"

namespace boardwalk::sample {
namespace {

// One transparent pixel (GIF89a).
constexpr std::string_view kPixel(
    "GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02"
    "D\x01\0;",
    43);
constexpr const char* kRobots =
    "User-agent: *\nDisallow: /api/\nDisallow: /data/cache/\nDisallow: /search.php\nDisallow: /member.php\n"
    "Disallow: /home.php?mod=spacecp\nDisallow: /forum.php?mod=post\nDisallow: /*?mod=misc\n";

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

bool ends(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
}

// FNV-1a: any change of the bytes changes the tag, and the same bytes have the same one in every run.
std::string tag_of(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325ULL;
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return fmt::format("\"{:016x}\"", sum);
}

// RFC 9110 §13.1.2: If-None-Match, where it is given, decides alone.
void answer_conditions(const Request& request, std::int64_t modified_at, Response& response) {
  const std::string tag = tag_of(response.body);
  const std::string date = http_date(modified_at);
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Last-Modified", date);
  const std::string known = request.header("if-none-match");
  const bool same =
      known.empty() ? request.header("if-modified-since") == date : known.find(tag) != std::string::npos;
  if (!same) return;
  response.status = 304;
  response.body.clear();
}

std::string html_type(Charset charset) {
  return charset == Charset::kGbk ? "text/html; charset=gbk" : "text/html; charset=utf-8";
}

bool is_file(const std::string& path) {
  return begins(path, "/static/") || begins(path, "/data/") || begins(path, "/uc_server/") ||
         path == "/favicon.ico";
}

Response file(const Request& request, std::int64_t modified_at) {
  Response response;
  const bool style = ends(request.path, ".css");
  const bool script = ends(request.path, ".js");
  response.headers.emplace_back("Content-Type", style    ? "text/css"
                                                : script ? "application/javascript"
                                                         : "image/gif");
  response.body = style ? "body { margin: 0 }\n" : script ? "var BROWSER = {};\n" : std::string(kPixel);
  answer_conditions(request, modified_at, response);
  return response;
}

}  // namespace

SampleForum::SampleForum(Options options)
    : model_(std::make_shared<const Model>(options)),
      robots_{200, kRobots},
      log_(options.log_file),
      port_(options.port),
      server_(
          options.port, [this](Request& request) { return handle(request); },
          [this](const Request& request, std::uint64_t bytes, std::chrono::microseconds took) {
            log_.finish(request.number, bytes, static_cast<double>(took.count()) / 1000.0);
          }) {
  port_ = server_.port();
}

std::string SampleForum::site() const { return fmt::format("127.0.0.1:{}", port_.load()); }
std::string SampleForum::base_url() const { return "http://" + site() + "/"; }

std::shared_ptr<const Model> SampleForum::model() const {
  const std::lock_guard lock(mutex_);
  return model_;
}

void SampleForum::set_day(int day) {
  Options options = model()->options();
  options.day = day;
  auto next = std::make_shared<const Model>(options);
  const std::lock_guard lock(mutex_);
  model_ = std::move(next);
}

void SampleForum::set_faults(const Faults& faults) {
  const std::lock_guard lock(mutex_);
  faults_ = faults;
}

Faults SampleForum::faults() const {
  const std::lock_guard lock(mutex_);
  return faults_;
}

void SampleForum::set_robots(int status, std::string body) {
  const std::lock_guard lock(mutex_);
  robots_ = {status, std::move(body)};
}

std::vector<RequestRecord> SampleForum::requests() const { return log_.entries(); }
void SampleForum::clear_requests() { log_.clear(); }

std::size_t SampleForum::request_count(std::string_view prefix) const {
  const std::vector<RequestRecord> all = log_.entries();
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [prefix](const RequestRecord& entry) { return begins(entry.target, prefix); }));
}

Response SampleForum::handle(Request& request) {
  request.number = log_.next_number();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  Response response;
  std::string fault;
  if (request.method != "GET" && request.method != "HEAD") {
    response.status = 405;
    response.headers.emplace_back("Allow", "GET, HEAD");
  } else if (begins(request.path, "/fault/")) {
    response = fault_page(request, base_url());
  } else {
    response = respond(request);
    fault = spoil(faults(), request, response);
  }
  log_.add({.number = request.number,
            .method = request.method,
            .target = request.target,
            .status = response.by_hand ? 0 : response.status,
            .at_us = std::chrono::duration_cast<std::chrono::microseconds>(now).count(),
            .user_agent = request.header("user-agent"),
            .fault = fault});
  return response;
}

Response SampleForum::news(const Request& request, const Model& model) const {
  Response response;
  const Charset charset = model.options().charset;
  const std::optional<NewsPage> page = news_page(model, request.path);
  response.headers.emplace_back("Content-Type", html_type(charset));
  if (!page) {
    response.status = 404;
    response.body = "<html><body>404</body></html>\n";
    return response;
  }
  response.body = in_charset(page->html, charset);
  answer_conditions(request, page->modified_at, response);
  return response;
}

Response SampleForum::respond(const Request& request) const {
  const std::shared_ptr<const Model> model = this->model();
  if (request.path == "/robots.txt") {
    const std::lock_guard lock(mutex_);
    Response response;
    response.status = robots_.status;
    response.headers.emplace_back("Content-Type", "text/plain");
    response.body = robots_.body;
    return response;
  }
  if (is_file(request.path)) return file(request, model->options().day_one_ends - 300 * kSecondsADay);
  if (request.path == "/news" || begins(request.path, "/news/")) return news(request, *model);
  const PageContext page{.model = *model,
                         .base = base_url(),
                         .now = std::time(nullptr),
                         .nonce = request.number * 2654435761U + 97,
                         .robot = is_robot(request.header("user-agent"))};
  Response response = forum_response(page, request);
  response.body = in_charset(response.body, model->options().charset);
  response.headers.emplace_back("Content-Type", html_type(model->options().charset));
  response.headers.emplace_back("X-Powered-By", "PHP/7.4.33");
  response.headers.emplace_back("Set-Cookie",
                                fmt::format("sf_2132_sid={:x}; path=/", page.nonce & 0xffffffU));
  return response;
}

}  // namespace boardwalk::sample
