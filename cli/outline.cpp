#include "cli/outline.hpp"

#include <fmt/format.h>

#include <functional>
#include <string_view>
#include <vector>

namespace boardwalk::cli {
namespace {

// Calls `each` for the command and all below it, with the words that lead there: `boardwalk export jsonl`.
void for_each_command(const CLI::App& app, const std::string& path,
                      const std::function<void(const CLI::App&, const std::string&)>& each) {
  if (app.get_group().empty()) return;  // not told
  each(app, path);
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
    for_each_command(*command, path + ' ' + command->get_name(), each);
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  std::vector<const CLI::App*> told;
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
    if (!command->get_group().empty()) told.push_back(command);
  return told;
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
  std::vector<const CLI::Option*> told;
  for (const auto* option : app.get_options([](const CLI::Option*) { return true; }))
    if (!option->get_group().empty() && !option->get_lnames().empty()) told.push_back(option);
  return told;
}

// What the option may be set to, when that is a list: `none gzip zstd`.
std::string choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return {};
  std::string words = type.substr(open + 1, close - open - 1);
  for (auto& c : words) c = c == ',' ? ' ' : c;
  return words;
}

// The words that may stand behind the command, when they are a list.
std::string positional_choices(const CLI::App& command) {
  std::string words;
  for (const auto* option : command.get_options([](const CLI::Option* any) { return any->get_positional(); }))
    if (const std::string choices = choices_of(*option); !choices.empty()) words += choices + ' ';
  return words;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// `case` branches that follow the words typed so far to the command that they name.
std::string path_branches(const CLI::App& app) {
  std::string text;
  for_each_command(app, app.get_name(), [&](const CLI::App&, const std::string& path) {
    if (path.find(' ') != std::string::npos) text += fmt::format("      '{0}') at='{0}' ;;\n", path);
  });
  return text;
}

// `case` branches with the choices of each option that has some.
std::string choice_branches(const CLI::App& app, const char* line) {
  std::string text;
  for_each_command(app, app.get_name(), [&](const CLI::App& command, const std::string& path) {
    for (const auto* option : options_of(command))
      if (const std::string choices = choices_of(*option); !choices.empty())
        text += fmt::format("    '{} --{}') ", path, option->get_lnames().front()) +
                fmt::format(fmt::runtime(line), choices) + " ;;\n";
  });
  return text;
}

std::string zsh_item(const std::string& word, const std::string& description) {
  std::string item = "'";
  for (const char c : word + ':' + first_line(description)) {
    if (c == '\'')
      item += "'\\''";
    else
      item += c;
  }
  return item + "'";
}

std::string escaped(std::string_view text) {
  std::string roff;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) roff += "\\&";
    if (c == '\\')
      roff += "\\e";
    else if (c == '-')
      roff += "\\-";
    else
      roff += c;
    line_begins = c == '\n';
  }
  return roff;
}

std::string man_options(const CLI::App& command) {
  std::string text;
  for (const auto* option : options_of(command)) {
    const std::string value =
        option->get_items_expected_max() > 0
            ? " \\fI" + escaped(choices_of(*option).empty() ? "VALUE" : choices_of(*option)) + "\\fR"
            : "";
    text += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", escaped(option->get_name(false, true)), value,
                        escaped(option->get_description()));
  }
  return text;
}

std::string man_examples(const std::string& footer) {
  return footer.empty() ? footer : fmt::format(".PP\n.nf\n{}\n.fi\n", escaped(footer));
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::string text =
      "# Completion of boardwalk's words in bash.\n_boardwalk() {\n"
      "  local at=boardwalk words= i cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n    case \"$at ${COMP_WORDS[i]}\" in\n";
  text += path_branches(app) + "    esac\n  done\n  case \"$at $prev\" in\n";
  text += choice_branches(app, "COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return") +
          "  esac\n  case \"$at\" in\n";
  for_each_command(app, app.get_name(), [&](const CLI::App& command, const std::string& path) {
    std::string words;
    for (const auto* sub : commands_of(command)) words += sub->get_name() + ' ';
    words += positional_choices(command);
    for (const auto* option : options_of(command)) words += "--" + option->get_lnames().front() + ' ';
    if (path != app.get_name()) words += "--archive ";
    text += fmt::format("    '{}') words='{}' ;;\n", path, words);
  });
  return text +
         "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -o default -F _boardwalk "
         "boardwalk\n";
}

std::string zsh_completion(const CLI::App& app) {
  std::string text =
      "#compdef boardwalk\n# Completion of boardwalk's words in zsh.\n_boardwalk() {\n"
      "  local at=boardwalk i\n  local -a items\n"
      "  for ((i = 2; i < CURRENT; ++i)); do\n    case \"$at $words[i]\" in\n";
  text += path_branches(app) + "    esac\n  done\n  case \"$at $words[CURRENT-1]\" in\n";
  text += choice_branches(app, "compadd -- {}; return") + "  esac\n  case \"$at\" in\n";
  for_each_command(app, app.get_name(), [&](const CLI::App& command, const std::string& path) {
    std::string items;
    for (const auto* sub : commands_of(command))
      items += ' ' + zsh_item(sub->get_name(), sub->get_description());
    for (const auto* option : options_of(command))
      items += ' ' + zsh_item("--" + option->get_lnames().front(), option->get_description());
    if (path != app.get_name()) items += " '--archive:the archive'";
    text += fmt::format("    '{}') items=({} ) ;;\n", path, items);
  });
  return text + "  esac\n  _describe boardwalk items || _files\n}\n_boardwalk \"$@\"\n";
}

std::string man_page(const CLI::App& app, const std::string& version) {
  std::string text =
      fmt::format(".TH BOARDWALK 1 \"\" \"boardwalk {}\" \"User commands\"\n", escaped(version));
  text +=
      fmt::format(".SH NAME\nboardwalk \\- {}\n", escaped("crawler and archive of forums and news sites"));
  text += ".SH SYNOPSIS\n.B boardwalk\n\\fICOMMAND\\fR [\\fIOPTION\\fR ...]\n.SH DESCRIPTION\n";
  text += escaped(app.get_description()) + "\n" + man_options(app) + man_examples(app.get_footer());
  text += ".SH COMMANDS\n";
  for_each_command(app, app.get_name(), [&](const CLI::App& command, const std::string& path) {
    if (path == app.get_name()) return;
    text += fmt::format(".SS {}\n{}\n", escaped(path), escaped(command.get_description()));
    text += man_options(command) + man_examples(command.get_footer());
  });
  text +=
      ".SH ENVIRONMENT\n.TP\n.B BOARDWALK_ARCHIVE\nthe archive, when \\-\\-archive names none; "
      "the path that a job names comes before it\n"
      ".TP\n.B PAGER\nwhat long texts are read through on a terminal; less when it is not set\n"
      ".TP\n.B NO_COLOR\nturns colours off when it is set\n";
  return text + ".SH SEE ALSO\nMANUAL.md, installed beside this page's program\n";
}

}  // namespace boardwalk::cli
