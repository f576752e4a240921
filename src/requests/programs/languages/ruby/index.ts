import { findRunCommands } from "../../commands/run-calls.ts";
import type { LanguageReader } from "../../language.ts";
import { findRubySdkCalls } from "../../sdks/aws-sdk-ruby.ts";
import { RUBY_MENTIONS, rubyCall } from "./calls.ts";
import { RubyReader } from "./reader.ts";

export const ruby: LanguageReader = {
  name: "ruby",
  names: ["ruby", "rb"],
  isOf: (path) =>
    /(?:\.(?:rb|rake|ru|gemspec)|(?:^|\/)(?:Rakefile|Capfile|Vagrantfile|Fastfile))$/.test(path),
  grammar: "ruby",
  read: (root, text) => new RubyReader(text).module(root),
  hidesClasses: false,
  mentions: RUBY_MENTIONS,
  takesObjects: true,
  knownCall: rubyCall,
  finders: [findRubySdkCalls, findRunCommands],
};
