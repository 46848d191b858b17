#include "tests/support/post.hpp"

namespace boardwalk::sample {
namespace {

class Lines {
 public:
  void say(std::string_view text) { line_ += text; }

  void end() {
    const std::string tidy = collapsed();
    if (!tidy.empty()) out_ += (out_.empty() ? "" : "\n") + tidy;
    line_.clear();
  }

  std::string take() {
    end();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string collapsed() const {
    std::string tidy;
    for (const char c : line_) {
      const bool space = c == ' ' || c == '\t';
      if (!space) {
        tidy += c;
      } else if (!tidy.empty() && tidy.back() != ' ') {
        tidy += ' ';
      }
    }
    while (!tidy.empty() && tidy.back() == ' ') tidy.pop_back();
    return tidy;
  }

  std::string line_;
  std::string out_;
};

void say_items(const Segment& segment, Lines& lines) {
  lines.end();
  for (const std::string& item : segment.items) {
    lines.say(item);
    lines.end();
  }
}

void say_table(const Segment& segment, Lines& lines) {
  lines.end();
  const auto columns = static_cast<std::size_t>(segment.number);
  for (std::size_t i = 0; i < segment.items.size(); ++i) {
    if (i % columns > 0) lines.say(" ");
    lines.say(segment.items[i]);
    if (i % columns == columns - 1) lines.end();
  }
}

}  // namespace

std::string plain_text(const std::vector<Segment>& segments) {
  Lines lines;
  for (const Segment& segment : segments) {
    switch (segment.kind) {
      case Segment::kWords:
      case Segment::kLink:
        lines.say(segment.text);
        break;
      case Segment::kMention:
        lines.say("@" + segment.text);
        break;
      case Segment::kBreak:
        lines.end();
        break;
      case Segment::kCode:
      case Segment::kList:
        say_items(segment, lines);
        break;
      case Segment::kTable:
        say_table(segment, lines);
        break;
      case Segment::kSmiley:
      case Segment::kImage:
        break;
      case Segment::kAttachment:
      case Segment::kReplyToSee:
      case Segment::kCreditsToSee:
      case Segment::kBox:
        lines.end();
        break;
    }
  }
  return lines.take();
}

}  // namespace boardwalk::sample
