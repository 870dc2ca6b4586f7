//! Macros whose grammar is known: what stands in them is code of the body, like any other.
//!
//! They are known by their names. Whatever a name leads to, it is given tokens of the user's, and names
//! that resolve where the user's do: none of them leads to the body's right to yield. So a macro of the
//! same name that is somebody else's can do no harm, and still compiles.

mod join;
pub(crate) mod operands;
mod select;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Block, Expr, ExprBlock, Macro, Stmt, parse_quote_spanned, token};

use crate::names::{Names, given};

/// Input: the call of a macro.
///
/// Output: what it means, with what stands in it as syntax. Nothing for a macro that is not known, or
/// has another grammar.
pub(crate) fn to_syntax(call: &Macro, attrs: &[Attribute], names: &Names) -> Option<Expr> {
    match name_of(call).as_str() {
        "select" | "select_biased" => select::to_syntax(call, attrs, names),
        "join" | "try_join" => join::to_syntax(call, attrs),
        _ => operands::to_syntax(call, attrs),
    }
}

/// What is wrong with the call of a macro that awaits futures, if its grammar is not the one that is
/// known.
pub(crate) fn syntax_error(call: &Macro) -> Option<syn::Error> {
    match name_of(call).as_str() {
        "select" | "select_biased" => call.parse_body::<select::Select>().err(),
        _ => None,
    }
}

fn name_of(call: &Macro) -> String {
    let name = call.path.segments.last().map(|segment| &segment.ident);
    name.map(ToString::to_string).unwrap_or_default()
}

/// What is evaluated in the body before a macro awaits it.
#[derive(Default)]
struct Before(Vec<Stmt>);

impl Before {
    /// Input: `open()?`, in the place of a future or a condition.
    ///
    /// Output: `{ __future0 }`, which a `let` declares.
    fn take(&mut self, operand: &mut Expr, name: &str) {
        if let Expr::Lit(_) = operand {
            return;
        }
        let span = operand.span();
        let name = Ident::new(name, given(span));
        // In braces, since futures' `select!` borrows what is a name.
        let braced = parse_quote_spanned!(given(span)=> { #name });
        let value = std::mem::replace(operand, braced);
        self.0
            .push(parse_quote_spanned!(given(span)=> let #name = #value;));
    }

    /// Output: `{ let __future0 = ..; let __call = async { macro!(..) }; value }`, in the place of the
    /// call. The async block makes one await of it.
    fn then(self, call: &Macro, tokens: TokenStream, value: Expr, attrs: &[Attribute]) -> Expr {
        let Before(mut stmts) = self;
        let awaited = Macro {
            tokens,
            ..call.clone()
        };
        let name = Ident::new("__call", call.path.segments[0].ident.span());
        let awaited = awaited.to_token_stream();
        stmts.push(parse_quote_spanned!(given(name.span())=> let #name = async { #awaited };));
        stmts.push(Stmt::Expr(value, None));
        Expr::Block(ExprBlock {
            attrs: attrs.to_vec(),
            label: None,
            block: Block {
                brace_token: token::Brace(given(call.delimiter.span().join())),
                stmts,
            },
        })
    }
}
