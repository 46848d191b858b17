#include "cli/misspelt.hpp"

#include <fmt/format.h>

#include "config/suggest.hpp"

namespace boardwalk::cli {
namespace {

// Options stand at a command or at any above it.
CLI::Option* find_option(CLI::App* command, const std::string& name) {
  for (; command != nullptr; command = command->get_parent())
    if (auto* option = command->get_option_no_throw(name)) return option;
  return nullptr;
}

std::vector<std::string> option_names(CLI::App* command) {
  std::vector<std::string> names;
  for (; command != nullptr; command = command->get_parent())
    for (const auto* option : command->get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

CLI::App* find_command(CLI::App& above, const std::string& name) {
  for (auto* command : above.get_subcommands({}))
    if (command->get_name() == name) return command;
  return nullptr;
}

std::vector<std::string> command_names(CLI::App& above) {
  std::vector<std::string> names;
  for (const auto* command : above.get_subcommands({}))
    if (!command->get_group().empty()) names.push_back(command->get_name());
  return names;
}

std::string unknown(const std::string& what, const std::string& word, const std::vector<std::string>& known,
                    const std::string& command) {
  const std::string hint = config::did_you_mean(word, known);
  return fmt::format("unknown {} \"{}\"{}", what, word,
                     hint.empty() ? fmt::format("; {} --help lists them", command) : hint);
}

// Follows the words as the parser does.
class Walk {
 public:
  explicit Walk(CLI::App& app) : command_(&app), name_(app.get_name()) {}

  // A line about the word, when it is not known.
  std::optional<std::string> take(const std::string& word) {
    if (values_ > 0) {
      --values_;
      return std::nullopt;
    }
    if (ended_ || word == "-" || !word.starts_with('-')) return take_word(word);
    if (word == "--") {
      ended_ = true;
      return std::nullopt;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, word.starts_with("--") ? equals : 2);
    const auto* option = find_option(command_, name);
    if (option == nullptr) return unknown("option", name, option_names(command_), name_);
    const bool inline_value = equals != std::string::npos || (!word.starts_with("--") && word.size() > 2);
    values_ = option->get_items_expected_min() > 0 && !inline_value ? option->get_items_expected_min() : 0;
    return std::nullopt;
  }

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::optional<std::string> take_word(const std::string& word) {
    const auto names = command_names(*command_);
    if (names.empty()) return std::nullopt;
    auto* next = find_command(*command_, word);
    if (next == nullptr)
      return unknown(command_->get_name() == "export" ? "format" : "command", word, names, name_);
    command_ = next;
    name_ += ' ' + word;
    return std::nullopt;
  }

  CLI::App* command_;
  std::string name_;
  int values_ = 0;
  bool ended_ = false;
};

}  // namespace

std::optional<std::string> misspelt(CLI::App& app, const std::vector<std::string>& words) {
  Walk walk(app);
  for (const auto& word : words)
    if (auto line = walk.take(word)) return line;
  return std::nullopt;
}

std::string command_in(CLI::App& app, const std::vector<std::string>& words) {
  Walk walk(app);
  for (const auto& word : words)
    if (walk.take(word)) break;
  return walk.name();
}

}  // namespace boardwalk::cli
