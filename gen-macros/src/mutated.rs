//! The macros never panic: they expand every file of the tests and examples, with tokens dropped, doubled and swapped.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::expand;
use crate::kind::Kind;

/// Mutations of each file.
const ROUNDS: u64 = 12;

/// The generator of Knuth's MMIX, from its upper bits.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// Drops, doubles or swaps about one token in forty, at any depth.
fn mutate(tokens: TokenStream, random: &mut Random) -> TokenStream {
    let mut output: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let token = match token {
            TokenTree::Group(group) => {
                let mut mutated = Group::new(group.delimiter(), mutate(group.stream(), random));
                mutated.set_span(group.span());
                mutated.into()
            }
            token => token,
        };
        match random.below(120) {
            0 => {}
            1 => output.extend([token.clone(), token]),
            2 => {
                let previous = output.pop();
                output.push(token);
                output.extend(previous);
            }
            _ => output.push(token),
        }
    }
    output.into_iter().collect()
}

/// Collects the inputs of the macros in a file: marked functions, and the tokens of blocks and items.
fn inputs(tokens: &TokenStream, inputs: &mut Vec<(&'static str, TokenStream)>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let name = match &tokens[..at] {
            [.., TokenTree::Ident(name), TokenTree::Punct(bang)] if bang.as_char() == '!' => {
                name.to_string()
            }
            _ => String::new(),
        };
        match name.as_str() {
            "async_gen_block" => inputs.push(("block", group.stream())),
            "generator_block" => inputs.push(("regular block", group.stream())),
            "async_gen_items" => inputs.push(("items", group.stream())),
            _ => {}
        }
        let attribute = group.stream().to_string();
        let function = if attribute.starts_with("async_gen") {
            "function"
        } else {
            "regular function"
        };
        if attribute.starts_with("async_gen") || attribute.starts_with("generator") {
            // The attribute stands before its function, which ends at the next braces.
            let end = tokens[at..].iter().position(|token| {
                matches!(token, TokenTree::Group(group)
                    if group.delimiter() == proc_macro2::Delimiter::Brace)
            });
            if let Some(end) = end {
                let tokens = tokens[at + 1..=at + end].iter().cloned().collect();
                inputs.push((function, tokens));
            }
        }
        self::inputs(&group.stream(), inputs);
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn expand(kind: &str, tokens: TokenStream) -> TokenStream {
    match kind {
        "block" => expand::block(tokens, Kind::Async),
        "regular block" => expand::block(tokens, Kind::Regular),
        "items" => expand::items(tokens),
        _ => {
            let kind = if kind == "function" {
                Kind::Async
            } else {
                Kind::Regular
            };
            let args: TokenStream = "throws = u8, send = u8".parse().unwrap();
            let function = expand::function(args, &tokens, kind);
            // The body is expanded by a macro of its own.
            let handed = function.into_iter().last().and_then(|token| match token {
                TokenTree::Group(block) => block.stream().into_iter().last(),
                _ => None,
            });
            match handed {
                Some(TokenTree::Group(handed)) => expand::body(handed.stream()),
                _ => TokenStream::new(),
            }
        }
    }
}

#[test]
fn the_macros_never_panic() {
    // The stack of rustc's own thread.
    let thread = std::thread::Builder::new().stack_size(8 << 20);
    thread.spawn(expand_all).unwrap().join().unwrap();
}

fn expand_all() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    for folder in ["tests", "examples", "gen-macros/tests"] {
        files(&root.join(folder), &mut paths);
    }
    paths.sort();
    let (mut random, mut expanded) = (Random(2026), 0);
    for path in paths {
        let Ok(file) = fs::read_to_string(&path).unwrap().parse::<TokenStream>() else {
            continue;
        };
        let mut found = Vec::new();
        inputs(&file, &mut found);
        for (kind, tokens) in found {
            for round in 0..ROUNDS {
                let tokens = if round == 0 {
                    tokens.clone()
                } else {
                    mutate(tokens.clone(), &mut random)
                };
                let text = tokens.to_string();
                let result = catch_unwind(AssertUnwindSafe(|| expand(kind, tokens)));
                assert!(result.is_ok(), "{}: {kind}: {text}", path.display());
                expanded += 1;
            }
        }
    }
    assert!(expanded > 10_000, "only {expanded} expansions");
}
