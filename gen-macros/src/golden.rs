//! Expansions, compared with those in `tests/expand`: what the macros emit is part of the product.
//!
//! `EXPAND=overwrite cargo test -p gen-runtime-macros` refreshes them.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, File, Item, Macro, Stmt, parse_quote};

use crate::expand;
use crate::kind::Kind;
use crate::syntax::attributes::take_generator;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn expanded(source: &str) -> File {
    let mut file = syn::parse_file(source).unwrap();
    Attributes.visit_file_mut(&mut file);
    Bodies.visit_file_mut(&mut file);
    file
}

/// Expands the functions under the attribute, and the items in `async_gen_items!`.
struct Attributes;

impl VisitMut for Attributes {
    fn visit_file_mut(&mut self, file: &mut File) {
        let items = std::mem::take(&mut file.items);
        file.items = items
            .into_iter()
            .flat_map(|item| expand_item(item).items)
            .collect();
    }
}

fn expand_item(item: Item) -> File {
    let tokens = match item {
        Item::Fn(mut function) => match take_generator(&mut function.attrs) {
            Some((kind, args)) => expand::function(args, &function.into_token_stream(), kind),
            None => function.into_token_stream(),
        },
        Item::Macro(call) if call.mac.path.is_ident("async_gen_items") => {
            expand::items(call.mac.tokens)
        }
        item => item.into_token_stream(),
    };
    syn::parse2(tokens).unwrap()
}

/// Expands `async_gen_body!` and `async_gen_block!`.
struct Bodies;

impl VisitMut for Bodies {
    fn visit_block_mut(&mut self, block: &mut Block) {
        if let [Stmt::Macro(call)] = &block.stmts[..] {
            if call
                .mac
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "async_gen_body")
            {
                *block = in_braces(&expand::body(call.mac.tokens.clone()));
            }
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(syn::ExprMacro {
            mac: Macro { path, tokens, .. },
            ..
        }) = expr
        {
            let kind = match path.get_ident() {
                Some(name) if name == "async_gen_block" => Some(Kind::Async),
                Some(name) if name == "generator_block" => Some(Kind::Regular),
                _ => None,
            };
            if let Some(kind) = kind {
                *expr = syn::parse2(expand::block(tokens.clone(), kind)).unwrap();
            }
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

fn in_braces(statements: &TokenStream) -> Block {
    parse_quote!({ #statements })
}

#[test]
fn expansions_are_those_that_are_recorded() {
    let overwrite = std::env::var_os("EXPAND").is_some_and(|value| value == "overwrite");
    let mut compared = 0;
    for entry in fs::read_dir(folder("tests/expand")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .to_str()
            .is_some_and(|path| path.ends_with(".expanded.rs"))
        {
            continue;
        }
        let text = prettyplease::unparse(&expanded(&read(&path)));
        let recorded = path.with_extension("expanded.rs");
        if overwrite {
            fs::write(&recorded, &text).unwrap();
        }
        assert_eq!(text, read(&recorded), "{}", recorded.display());
        compared += 1;
    }
    assert!(compared > 0, "no expansion was compared");
}

/// Shortens the paths of an expansion, as the example does by imports.
struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let prefix = path.segments.iter().take(2);
        let skip = prefix
            .filter(|name| name.ident == "gen_runtime" || name.ident == "__private")
            .count();
        if skip > 0 {
            path.leading_colon = None;
            path.segments = path.segments.iter().skip(skip).cloned().collect();
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        let length = ty.path.segments.len();
        visit_mut::visit_type_path_mut(self, ty);
        if let Some(qself) = &mut ty.qself {
            qself.position -= length - ty.path.segments.len();
        }
    }
}

fn countdown(file: File) -> Item {
    let is_countdown =
        |item: &Item| matches!(item, Item::Fn(item) if item.sig.ident == "countdown");
    file.items.into_iter().find(is_countdown).unwrap()
}

/// The function as text, with short paths, and without its documentation.
fn shortened(mut file: File) -> String {
    file.items.iter_mut().for_each(|item| {
        if let Item::Fn(function) = item {
            function.attrs.clear();
        }
    });
    let mut item = countdown(file);
    Shorten.visit_item_mut(&mut item);
    prettyplease::unparse(&parse_quote!(#item))
}

#[test]
fn the_commented_expansion_of_the_example_is_true() {
    let real = expanded(&read(&folder("../examples/countdown.rs")));
    let shown = read(&folder("../examples/countdown_expanded.rs"));
    let shown = syn::parse_file(&shown).unwrap();
    assert_eq!(shortened(real), shortened(shown));
}

/// The page `expansion` shows the function, and then what it becomes.
#[test]
fn the_expansion_of_the_page_is_true() {
    let page = read(&folder("../gen-runtime/docs/expansion.md"));
    let mut blocks = page.split("```text\n").skip(1).map(|rest| {
        let (code, _) = rest.split_once("```").unwrap();
        code.to_owned()
    });
    let (source, shown) = (blocks.next().unwrap(), blocks.next().unwrap());
    let shown = syn::parse_file(&shown).unwrap();
    assert_eq!(shortened(expanded(&source)), shortened(shown));
}
