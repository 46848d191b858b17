#include "tests/support/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <string_view>

#include "tests/support/dice.hpp"
#include "tests/support/gzip.hpp"
#include "tests/support/markup.hpp"

namespace boardwalk::sample {
namespace {

constexpr std::size_t kMegabyte = 1 << 20;

using namespace std::chrono_literals;

Response html(std::string body) {
  Response response;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  response.body = std::move(body);
  return response;
}

Response redirect(const std::string& to) {
  Response response = html("<html><body>moved</body></html>");
  response.status = 302;
  response.headers.emplace_back("Location", to);
  return response;
}

// The number after `prefix` in a path; -1: none.
long long number_after(std::string_view path, std::string_view prefix) {
  if (path.substr(0, prefix.size()) != prefix) return -1;
  const std::string_view digits = path.substr(prefix.size());
  long long value = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

std::string story() {
  std::string body =
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>fault</title></head><body>\n";
  for (int i = 1; i <= 200; ++i)
    body += fmt::format("<p>第 {} 段：渡口的钟敲了 {} 下。</p>\n", i, i * 7 % 24);
  return body + "</body></html>\n";
}

std::string repeated(std::string_view piece, std::size_t count) {
  std::string out;
  out.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

std::string fonts(int count) {
  std::string out = "<html><body>\n";
  for (int i = 0; i < count; ++i) out += fmt::format("<font size={}><p>", i);
  return out;
}

std::string noise(int bytes, int seed) {
  Dice dice(7501, seed);
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(dice.below(256));
  return out;
}

std::string many_links(long long count) {
  std::string out = "<html><head><title>links</title></head><body>\n";
  for (long long i = 1; i <= count; ++i) out += fmt::format("<a href=\"/fault/leaf/{0}\">{0}</a>\n", i);
  return out + "</body></html>\n";
}

std::string large(std::size_t megabytes) {
  constexpr std::string_view kLine = "<p>一页太长的书，翻来翻去还是这一行字。</p>\n";
  return "<html><body>\n" + repeated(kLine, megabytes * kMegabyte / kLine.size() + 1) + "</body></html>\n";
}

Response status(long long code) {
  Response response = html(fmt::format("<html><body>{}</body></html>", code));
  response.status = static_cast<int>(code);
  if (code == 429 || code == 503) response.headers.emplace_back("Retry-After", "1");
  if (code >= 300 && code < 400 && code != 304) response.headers.emplace_back("Location", "/fault/leaf/1");
  return response;
}

Response by_hand(std::function<void(Connection&)> write) {
  Response response;
  response.by_hand = std::move(write);
  return response;
}

constexpr std::string_view kEndlessHead = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";

Response endless_body() {
  return by_hand([](Connection& client) {
    if (!client.send(std::string(kEndlessHead) + "Transfer-Encoding: chunked\r\n\r\n")) return;
    const std::string piece = repeated("<p>还有，还有，还有</p>\n", 512);
    const std::string chunk = fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
    while (client.send(chunk)) {
    }
  });
}

Response endless_headers() {
  return by_hand([](Connection& client) {
    if (!client.send(kEndlessHead)) return;
    for (std::uint64_t i = 0; client.send(fmt::format("X-More-{}: {}\r\n", i, repeated("y", 200))); ++i) {
    }
  });
}

Response slow_head(std::chrono::milliseconds pause) {
  return by_hand([pause](Connection& client) {
    const std::string all = std::string(kEndlessHead) + "Content-Length: 4\r\n\r\nslow";
    for (const char c : all) {
      if (!client.send(std::string(1, c)) || !client.pause(pause)) return;
    }
  });
}

Response nul_in_header() {
  return by_hand([](Connection& client) {
    std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Odd: a";
    head += '\0';
    client.send(head + "b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
  });
}

Response gzip_bomb(std::size_t megabytes) {
  return by_hand([megabytes](Connection& client) {
    if (!client.send(std::string(kEndlessHead) + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n"))
      return;
    send_gzip_of_zeros(client, megabytes);
  });
}

// A page that sets a cookie by script and asks to be loaded again.
Response challenge() {
  return html(
      "<!DOCTYPE html>\n<html><head><script>document.cookie = 'pass=1'; location.reload();</script></head>"
      "<body></body></html>\n");
}

// A thread of a Discuz! forum whose template has renamed its landmarks.
Response changed_template() {
  return html(
      "<!DOCTYPE html>\n<html><head><meta name=\"generator\" content=\"Discuz! X3.4\"><title>渡口</title>\n"
      "<script>var STYLEID = '1', discuz_uid = '0', cookiepre = 'k_';</script></head>\n"
      "<body id=\"nv_forum\" class=\"pg_viewthread\"><div class=\"floor\"><p>渡船几点开？</p></div>\n"
      "<p>Powered by Discuz! X3.4</p></body></html>\n");
}

Response bodies(const Request& request) {
  const std::string& path = request.path;
  if (path == "/fault/challenge") return challenge();
  if (path == "/fault/changed-template") return changed_template();
  if (path == "/fault/empty") return html("");
  if (path == "/fault/deep-divs")
    return html("<html><body>\n" +
                repeated("<div>", static_cast<std::size_t>(request.number_param("n", 100000))));
  if (path == "/fault/fonts") return html(fonts(request.number_param("n", 20000)));
  if (path == "/fault/random")
    return html(noise(request.number_param("bytes", 65536), request.number_param("seed", 1)));
  if (path == "/fault/large") return html(large(static_cast<std::size_t>(request.number_param("mb", 50))));
  if (path == "/fault/gzip-bomb")
    return gzip_bomb(static_cast<std::size_t>(request.number_param("mb", 10240)));
  if (path == "/fault/gzip") {
    Response response = html(gzipped(story()));
    response.headers.emplace_back("Content-Encoding", "gzip");
    return response;
  }
  if (path == "/fault/pdf") {
    Response response;
    response.headers = {{"Content-Type", "application/pdf"}};
    response.body = "%PDF-1.4\n" + noise(2048, 2);
    return response;
  }
  if (path == "/fault/no-type") {
    Response response;
    response.body = story();
    return response;
  }
  if (path == "/fault/wrong-charset") {
    Response response = html(story());
    response.headers = {{"Content-Type", "text/html; charset=gbk"}};
    return response;
  }
  return status(404);
}

Response transports(const Request& request) {
  const std::string& path = request.path;
  Response response = html(story());
  if (path == "/fault/cut") {
    response.content_length = response.body.size();
    response.cut_at = response.body.size() / 2;
  } else if (path == "/fault/cut-chunked") {
    response.chunked = true;
    response.cut_at = response.body.size() / 2;
  } else if (path == "/fault/chunked") {
    response.chunked = true;
  } else if (path == "/fault/drip") {
    response.drip = std::chrono::milliseconds(request.number_param("ms", 100));
  } else if (path == "/fault/delay") {
    response.delay = std::chrono::milliseconds(request.number_param("ms", 1000));
  } else if (path == "/fault/short-length") {
    response.content_length = response.body.size() / 2;
  } else if (path == "/fault/slow-head") {
    return slow_head(std::chrono::milliseconds(request.number_param("ms", 100)));
  } else if (path == "/fault/endless-body") {
    return endless_body();
  } else if (path == "/fault/endless-headers") {
    return endless_headers();
  } else if (path == "/fault/nul-header") {
    return nul_in_header();
  } else if (path == "/fault/close") {
    return by_hand([](Connection&) {});
  } else {
    return bodies(request);
  }
  return response;
}

// Every address with a word on it; what the list links to.
constexpr std::pair<std::string_view, std::string_view> kList[] = {
    {"status/404", "any status; 429 and 503 with Retry-After, 3xx with a Location"},
    {"cut", "half of the body, then the connection closes"},
    {"cut-chunked", "the same without a Content-Length"},
    {"chunked", "a sound chunked body"},
    {"drip?ms=100", "the body in sixteen pieces, a pause between them"},
    {"delay?ms=1000", "a pause before the head"},
    {"slow-head?ms=100", "the head byte by byte"},
    {"short-length", "a Content-Length of half the body"},
    {"redirects/3", "so many redirects, then a page"},
    {"redirect-loop/2", "a circle of so many redirects"},
    {"redirect-to?url=/fault/leaf/1", "a redirect to any URL"},
    {"deep-divs?n=100000", "nested elements"},
    {"fonts?n=20000", "open formatting elements"},
    {"empty", "no byte of body"},
    {"random?bytes=65536&amp;seed=1", "random bytes called HTML"},
    {"large?mb=50", "a long page"},
    {"gzip", "a page in gzip"},
    {"gzip-bomb?mb=10240", "zeros by the gigabyte"},
    {"no-type", "no Content-Type"},
    {"pdf", "no page at all"},
    {"wrong-charset", "UTF-8 declared as GBK"},
    {"challenge", "a script that wants a browser"},
    {"changed-template", "a thread without the landmarks of one"},
    {"links/1000", "so many links"},
    {"leaf/1", "a page that the others lead to"},
    {"endless-body", "never ends"},
    {"endless-headers", "never begins"},
    {"nul-header", "a NUL in a header"},
    {"close", "no answer"}};

Response listing() {
  std::string out =
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>faults</title></head><body>\n<ul>\n";
  for (const auto& [href, meaning] : kList) {
    out += fmt::format("<li><a href=\"/fault/{0}\">{0}</a> {1}</li>\n", href, meaning);
  }
  return html(out + "</ul>\n</body></html>\n");
}

void refuse(const Faults& faults, const Request& request, Response& response) {
  const bool busy = request.number % 2 == 0;
  response = status(busy ? 503 : 429);
  const std::string after = faults.retry_after_date ? http_date(std::time(nullptr) + faults.retry_after)
                                                    : std::to_string(faults.retry_after);
  response.headers.back().second = after;
}

void swap_charset(Response& response) {
  for (auto& [name, value] : response.headers) {
    if (name != "Content-Type") continue;
    if (value == "text/html; charset=utf-8") {
      value = "text/html; charset=gbk";
    } else if (value == "text/html; charset=gbk") {
      value = "text/html; charset=utf-8";
    }
  }
}

}  // namespace

std::string spoil(const Faults& faults, const Request& request, Response& response) {
  if (faults.wrong_charset) swap_charset(response);
  if (faults.spare_robots && request.path == "/robots.txt") return "";
  Dice dice(faults.seed, 7502, request.number);
  const double drawn = dice.unit();
  double bound = faults.error_rate;
  std::string done;
  if (drawn < bound) {
    refuse(faults, request, response);
    done = "error";
  } else if (drawn < (bound += faults.cut_rate)) {
    response.content_length = response.body.size();
    response.chunked = false;
    response.cut_at = response.body.size() * (1 + dice.below(8)) / 10;
    done = "cut";
  } else if (drawn < (bound += faults.slow_rate)) {
    response.drip = std::chrono::milliseconds(faults.drip_ms);
    done = "slow";
  } else if (drawn < bound + faults.redirect_loop_rate) {
    response = redirect(request.target);
    done = "redirect_loop";
  }
  response.delay = std::chrono::milliseconds(faults.delay_ms);
  return done;
}

Response fault_page(const Request& request, const std::string& base) {
  const std::string& path = request.path;
  if (path == "/fault/") return listing();
  if (const long long code = number_after(path, "/fault/status/"); code >= 200 && code <= 599)
    return status(code);
  if (const long long left = number_after(path, "/fault/redirects/"); left >= 0) {
    return left == 0 ? html(story()) : redirect(fmt::format("{}fault/redirects/{}", base, left - 1));
  }
  if (const long long size = number_after(path, "/fault/redirect-loop/"); size >= 0) {
    const int at = request.number_param("at", 0);
    return redirect(fmt::format("/fault/redirect-loop/{}?at={}", size, size > 0 ? (at + 1) % size : 0));
  }
  if (path == "/fault/redirect-to") return redirect(request.param("url"));
  if (const long long count = number_after(path, "/fault/links/"); count >= 0) return html(many_links(count));
  if (const long long leaf = number_after(path, "/fault/leaf/"); leaf >= 0) {
    return html(
        fmt::format("<html><head><title>leaf {0}</title></head><body><p>leaf {0}</p></body></html>\n", leaf));
  }
  return transports(request);
}

}  // namespace boardwalk::sample
