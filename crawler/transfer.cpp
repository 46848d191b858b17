#include "crawler/transfer.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <climits>
#include <new>

#include "config/ascii.hpp"
#include "crawler/address.hpp"
#include "crawler/body_decoder.hpp"
#include "crawler/response.hpp"
#include "parsers/url.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::Outcome;

constexpr std::size_t kMaxUrl = 8192;
constexpr std::size_t kMaxHeaderBytes = 262'144;
constexpr std::size_t kMaxReason = 80;
constexpr long kReceiveBuffer = 65'536;
constexpr int kProxyRefuses = 407;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// The first whole millisecond that is not before now: no pause that is counted from it is short.
std::int64_t after_now_ms() {
  using namespace std::chrono;
  return ceil<milliseconds>(system_clock::now().time_since_epoch()).count();
}

long as_long(std::int64_t value) { return static_cast<long>(std::clamp<std::int64_t>(value, 0, LONG_MAX)); }

std::string_view trim(std::string_view text) { return ascii::trimmed(text, " \t\r\n"); }

// The phrase behind a status, fit to be shown: the server may send anything.
std::string printable(std::string_view text) {
  std::string out(text.substr(0, kMaxReason));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

std::string numeric(const sockaddr& address, socklen_t length) {
  char text[NI_MAXHOST] = "";
  if (getnameinfo(&address, length, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
    return "an unknown address";
  return text;
}

// False for a validator that would smuggle a header of its own into the request.
bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

struct Transfer::Callbacks {
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    return static_cast<Transfer*>(self)->take_header({data, size * count}) ? size * count : 0;
  }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    return static_cast<Transfer*>(self)->take_body({data, size * count}) ? size * count : 0;
  }

  static curl_socket_t on_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.permits(address->addr)) {
      transfer.refused_ = numeric(address->addr, address->addrlen);
      return CURL_SOCKET_BAD;
    }
    transfer.tried_ = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  // A connection that another request left open was opened by that one's permission, not by ours.
  static int on_connected(void* self, char* remote, char*, int, int) noexcept {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.settings_->proxy.empty()) return CURL_PREREQFUNC_OK;
    sockaddr_storage storage{};
    auto& in = reinterpret_cast<sockaddr_in&>(storage);
    auto& in6 = reinterpret_cast<sockaddr_in6&>(storage);
    if (inet_pton(AF_INET, remote, &in.sin_addr) == 1) {
      storage.ss_family = AF_INET;
    } else if (inet_pton(AF_INET6, remote, &in6.sin6_addr) == 1) {
      storage.ss_family = AF_INET6;
    }
    if (transfer.permits(reinterpret_cast<const sockaddr&>(storage))) return CURL_PREREQFUNC_OK;
    transfer.refused_ = remote;
    transfer.tried_ = false;
    return CURL_PREREQFUNC_ABORT;
  }
};

void Transfer::Cleanup::operator()(void* easy) const { curl_easy_cleanup(easy); }
void Transfer::Cleanup::operator()(curl_slist* list) const { curl_slist_free_all(list); }

Transfer::Transfer(const config::Job::Fetch& options, std::int64_t page_bytes, const NetworkSeam& seam)
    : options_(options), seam_(seam), page_bytes_(page_bytes), easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
}

bool Transfer::begin(FetchRequest request) {
  request_ = std::move(request);
  settings_ = request_.settings != nullptr ? request_.settings : &options_;
  result_.id = request_.id;
  result_.url = request_.url;
  result_.enough = request_.enough;
  result_.most_bytes = std::max<std::int64_t>(request_.most_bytes > 0 ? request_.most_bytes : page_bytes_, 0);
  if (request_.enough > 0) result_.most_bytes = static_cast<std::int64_t>(request_.enough);
  result_.started_at = now_ms();
  refuse_early();
  if (refused_early_) return false;
  set_target();
  set_limits();
  set_callbacks();
  set_headers();
  set_cookies();
  return true;
}

// What must not even be tried.
void Transfer::refuse_early() {
  if (request_.url.size() > kMaxUrl) {
    refused_early_ = Outcome::kNetworkError;
    result_.detail = "the URL is longer than " + std::to_string(kMaxUrl / 1024) + " KiB";
    return;
  }
  const auto url = parsers::parse_url(request_.url);
  if (!url || request_.allow_private) return;
  if (is_port_of_others(url->port)) {
    refused_early_ = Outcome::kUnsafeAddress;
    result_.detail = "port " + std::to_string(url->port) + " is another service's";
  } else if (!settings_->proxy.empty() && names_inside(url->host, seam_.is_public)) {
    refused_early_ = Outcome::kUnsafeAddress;
    result_.detail = url->host + " is not a public address";
  }
}

void Transfer::set_target() {
  CURL* const easy = handle();
  curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  // Rather one connection with HTTP/2 than several; what a plain one speaks is known before it answers.
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, request_.url.starts_with("https:") ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, settings_->verify_tls ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, settings_->verify_tls ? 2L : 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, settings_->verify_tls ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, settings_->verify_tls ? 2L : 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, settings_->proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_NOPROXY, settings_->proxy.empty() ? "*" : "");
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, as_long(settings_->dns_cache.count() / 1000));
  if (const auto url = parsers::parse_url(request_.url); url && seam_.resolve && settings_->proxy.empty())
    set_addresses(url->host, url->port);
}

void Transfer::set_addresses(const std::string& host, int port) {
  std::string line = host + ":" + std::to_string(port) + ":";
  for (const auto& address : seam_.resolve(host)) line += (line.ends_with(':') ? "" : ",") + address;
  if (line.ends_with(':')) return;
  addresses_.reset(curl_slist_append(nullptr, line.c_str()));
  curl_easy_setopt(handle(), CURLOPT_RESOLVE, addresses_.get());
}

void Transfer::set_limits() {
  CURL* const easy = handle();
  // libcurl's own decoding takes a gzip stream that stops early for a whole one, and costs this thread's
  // time.
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, kAcceptedCodings);
  curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, settings_->user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // A resolver thread that hangs in getaddrinfo would hold up the whole network thread when its request ends.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kReceiveBuffer);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, as_long(settings_->connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, as_long(settings_->timeout.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, as_long(settings_->min_speed));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, as_long((settings_->stall_time.count() + 999) / 1000));
}

void Transfer::set_callbacks() {
  CURL* const easy = handle();
  static_assert(sizeof error_ >= CURL_ERROR_SIZE);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_.data());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Callbacks::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Callbacks::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Callbacks::on_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Callbacks::on_connected);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

void Transfer::set_headers() {
  curl_slist* list = nullptr;
  const auto add = [&list](const char* name, const std::string& value) {
    if (!value.empty() && is_field_value(value)) list = curl_slist_append(list, (name + value).c_str());
  };
  add("If-None-Match: ", request_.etag);
  add("If-Modified-Since: ", request_.last_modified);
  for (const auto& line : settings_->headers) add("", line);
  curl_easy_setopt(handle(), CURLOPT_HTTPHEADER, list);
  request_headers_.reset(list);
}

// The jar is the request's own: nothing of another host's is ever in it.
void Transfer::set_cookies() {
  if (!settings_->cookies) return;
  CURL* const easy = handle();
  curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
  for (const auto& line : request_.cookies) curl_easy_setopt(easy, CURLOPT_COOKIELIST, line.c_str());
  if (!request_.cookies.empty()) jar_before_ = jar();  // libcurl does not take all
}

std::vector<std::string> Transfer::jar() const {
  std::vector<std::string> lines;
  curl_slist* list = nullptr;
  curl_easy_getinfo(handle(), CURLINFO_COOKIELIST, &list);
  for (const curl_slist* line = list; line != nullptr; line = line->next)
    if (!is_expired(line->data, now_ms() / 1000)) lines.emplace_back(line->data);
  curl_slist_free_all(list);
  return lines;
}

// A line of a header block or of the trailer, with its end. False ends the transfer.
bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaderBytes) {
    headers_too_long_ = true;
    return false;
  }
  if (stage_ == Stage::kBody) return true;  // trailers say nothing that we use
  if (stage_ == Stage::kStatusLine) {
    take_status(line);
    return true;
  }
  const std::string_view content = trim(line);
  if (content.empty()) return end_headers();
  const std::size_t colon = line.find(':');
  if ((line.front() == ' ' || line.front() == '\t') && !result_.headers.empty()) {
    result_.headers.back().second.append(" ").append(content);  // RFC 9112 §5.2: obsolete folding
  } else if (colon != std::string_view::npos) {
    result_.headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  }
  return true;
}

void Transfer::take_status(std::string_view line) {
  stage_ = Stage::kHeaders;
  result_.headers.clear();
  result_.status = 0;
  const std::string_view rest = trim(line.substr(std::min(line.find(' '), line.size())));
  std::from_chars(rest.data(), rest.data() + rest.size(), result_.status);
  reason_ = printable(trim(rest.substr(std::min<std::size_t>(3, rest.size()))));
}

bool Transfer::end_headers() {
  if (result_.status < 200) {
    stage_ = Stage::kStatusLine;  // an interim answer: another header block follows
    return true;
  }
  stage_ = Stage::kBody;
  std::uint64_t length = 0;
  const std::string announced = result_.header("Content-Length");
  std::from_chars(announced.data(), announced.data() + announced.size(), length);
  const bool has_body =
      result_.status != 204 && result_.status != 304 && result_.header("Transfer-Encoding").empty();
  const std::string coding = result_.header_list("Content-Encoding");
  if (!is_accepted_coding(coding))
    coding_trouble_ = "Content-Encoding \"" + printable(coding) + "\" was not asked for";
  else if (!is_plain(coding))
    result_.coding = coding;
  most_body_ = static_cast<std::size_t>(result_.most_bytes);
  if (!result_.coding.empty()) most_body_ = most_coded(most_body_);
  body_too_long_ = has_body && length > most_body_ && request_.enough == 0;
  return !body_too_long_ && coding_trouble_.empty();
}

bool Transfer::take_body(std::string_view data) {
  const std::size_t room = most_body_ - result_.body.size();
  const bool too_long = data.size() > room;
  has_enough_ = too_long && request_.enough > 0;
  body_too_long_ = too_long && request_.enough == 0;
  if (!body_too_long_) result_.body.append(data.substr(0, room));
  return !too_long;
}

// The proxy's own address is the job's word; what is behind it was looked at before.
bool Transfer::permits(const sockaddr& address) {
  return request_.allow_private || !settings_->proxy.empty() || seam_.is_public(address);
}

FetchResult Transfer::finish(int code) {
  result_.ended_at = after_now_ms();
  judge(code);
  if (settings_->cookies && !refused_early_ && !result_.header("Set-Cookie").empty()) {
    CookieChanges changes = cookie_changes(jar_before_, jar());
    if (!changes.empty()) result_.cookies = std::move(changes);
  }
  if (result_.outcome == Outcome::kRedirected) result_.location = result_.header("Location");
  if (result_.status == 429 || result_.status == 503)
    result_.retry_after =
        retry_after(result_.header("Retry-After"), result_.header("Date"), result_.ended_at / 1000);
  return std::move(result_);
}

void Transfer::judge(int code) {
  const bool answered = stage_ == Stage::kBody;
  const bool whole = (code == CURLE_OK || has_enough_) && answered;
  const bool success = result_.status >= 200 && result_.status <= 299;
  if (answered && result_.status == kProxyRefuses && !settings_->proxy.empty()) return blame_proxy();
  if (!whole) std::string().swap(result_.body);
  if (result_.body.empty()) result_.coding.clear();
  // The status alone is the answer when it is not a success: a page that says no need not be read to its end.
  if (whole || (answered && !success && !headers_too_long_)) {
    result_.outcome = outcome_of(result_.status, !result_.header("Location").empty());
    if (result_.outcome == Outcome::kOk) return;
    result_.detail = std::to_string(result_.status);
    if (!reason_.empty()) result_.detail += ' ' + reason_;
    return;
  }
  result_.outcome = failure(code);
}

// Its answer says nothing of the site, not even of its robots.txt.
void Transfer::blame_proxy() {
  result_.outcome = Outcome::kNetworkError;
  result_.detail = "the proxy wants a name and a password (407); write them into fetch.proxy";
  result_.status = 0;
  result_.headers.clear();
  result_.coding.clear();
  std::string().swap(result_.body);
}

// Of a transfer that came to no answer, with its detail.
Outcome Transfer::failure(int code) {
  if (refused_early_) return *refused_early_;
  result_.detail = error_[0] ? error_.data() : curl_easy_strerror(static_cast<CURLcode>(code));
  if (headers_too_long_) {
    result_.detail = "the headers are longer than " + std::to_string(kMaxHeaderBytes / 1024) + " KiB";
    return Outcome::kNetworkError;
  }
  if (body_too_long_) {
    result_.detail = "the body is longer than " + std::to_string(result_.most_bytes) + " bytes";
    return Outcome::kTooLarge;
  }
  if (!coding_trouble_.empty()) {
    result_.detail = coding_trouble_;
    return Outcome::kNetworkError;
  }
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_ABORTED_BY_CALLBACK:
      if (refused_.empty() || tried_) return Outcome::kNetworkError;
      result_.detail = refused_ + " is not a public address";
      return Outcome::kUnsafeAddress;
    case CURLE_OPERATION_TIMEDOUT:
      return Outcome::kTimeout;
    case CURLE_OK:
      result_.detail = "the connection was closed before the headers were complete";
      return Outcome::kNetworkError;
    case CURLE_OUT_OF_MEMORY:
      if (stage_ == Stage::kHeaders) result_.detail = "a header line is too long";
      return Outcome::kNetworkError;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return stage_ == Stage::kBody ? Outcome::kTruncated : Outcome::kNetworkError;
    default:
      return Outcome::kNetworkError;
  }
}

}  // namespace boardwalk::crawler
