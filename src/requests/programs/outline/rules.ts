import type { OutlineRules } from "./units.ts";

const C_KEYWORDS =
  /^(?:if|else|for|foreach|while|do|switch|case|catch|try|finally|with|return|throw|new|function|constructor|synchronized|using|lock|when|await|yield|super|this)$/;

const JAVASCRIPT: OutlineRules = {
  head: /^(?:export\s+)?(?:default\s+)?(?:(?:async\s+)?function\s*\*?\s*(\w+)\s*[(<]|(?:const|let|var)\s+(\w+)\s*=\s*(?:(?:async\s*)?(?:\([^()]*\)(?:\s*:[^=]+)?\s*=>|\w+\s*=>|function\b)|async\s*\($)|(?:(?:public|private|protected|static|async|override|readonly)\s+)*[*#]?(\w+)\s*\()/,
  container: /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(\w+)/,
  keywords: C_KEYWORDS,
  imports: /^(?:import\b|\}\s*from\b|export\b.*\bfrom\b|(?:const|let|var)\b.*\brequire\()/,
};

/** How definitions of languages are known, by what the languages are called where calls are searched for. */
export const OUTLINES: Readonly<Record<string, OutlineRules>> = {
  python: {
    head: /^(?:async\s+)?def\s+(\w+)/,
    container: /^class\s+(\w+)/,
    isIndented: true,
    imports: /^(?:import|from)\s/,
  },
  javascript: JAVASCRIPT,
  typescript: JAVASCRIPT,
  go: { head: /^func\s*(?:\([^()]*\)\s*)?(\w+)/, imports: /^(?:import\b|package\b|"|\w+ "|\))/ },
  java: {
    head: /^(?:@\w+\s+)*(?:(?:public|private|protected|static|final|abstract|synchronized|default)\s+)*(?:<[^()]*>\s*)?[\w.]+(?:<[^()=]*>)?(?:\[\])?\s+(\w+)\s*\(/,
    container:
      /^(?:@\w+\s+)*(?:(?:public|private|protected|static|final|abstract|sealed)\s+)*(?:class|interface|enum|record)\s+(\w+)/,
    keywords: C_KEYWORDS,
    imports: /^(?:import|package)\s/,
  },
  terraform: {
    head: /^(?:resource|data|module|variable|output|provider|terraform|moved|import|check|removed)\b[^{]*\{/,
    isDeclarative: true,
    imports: /^$/,
  },
};
