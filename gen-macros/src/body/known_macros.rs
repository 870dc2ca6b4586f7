//! Macros whose grammar is known: the code in them is code of the body.
//!
//! They are known by their names. Any macro of such a name receives tokens of the user's, and names that resolve where
//! the user's do. None of these is the right to yield, so a macro of somebody else's with the same name does no harm,
//! and still compiles.

mod join; // `join!`
mod operands; // `println!` and the like
mod select; // `select!`

pub(crate) use self::operands::with_operands;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Block, Expr, ExprBlock, Macro, Stmt, parse_quote_spanned, token};

use crate::names::{self, Names, users_at};
use crate::syntax::macro_kind::MacroKind;

/// The meaning of a call.
pub(crate) enum Meaning {
    /// The call, as code of the body.
    Code(Expr),
    /// The macro, with a placeholder for each operand, and the operands, which are code of the body.
    Call(Macro, Vec<Expr>),
}

/// Parses the call of a known macro. Returns `None` if the macro is not known, or has another grammar.
pub(crate) fn meaning(
    kind: MacroKind,
    call: &Macro,
    attrs: &[Attribute],
    names: &Names,
) -> Option<Meaning> {
    match kind {
        MacroKind::Select => select::to_syntax(call, attrs, names).map(Meaning::Code),
        MacroKind::Join => join::to_syntax(call, attrs).map(Meaning::Code),
        _ => operands::meaning(kind, call, attrs),
    }
}

/// Returns the error in a call of `select!`, if its grammar is not the known one.
pub(crate) fn syntax_error(call: &Macro) -> Option<syn::Error> {
    match MacroKind::called(call) {
        MacroKind::Select => call.parse_body::<select::Select>().err(),
        _ => None,
    }
}

/// The statements that the body evaluates before a macro awaits its futures.
#[derive(Default)]
struct Before(Vec<Stmt>);

impl Before {
    /// Input: `open()?`, a future or a condition.
    ///
    /// Output: `{ __future0 }`, which a `let` declares.
    fn take(&mut self, operand: &mut Expr, name: &str) {
        if let Expr::Lit(_) = operand {
            return;
        }
        let span = operand.span();
        let name = Ident::new(name, users_at(span));
        // In braces, since futures' `select!` borrows a future that is a name.
        let braced = parse_quote_spanned!(users_at(span)=> { #name });
        let value = std::mem::replace(operand, braced);
        self.0
            .push(parse_quote_spanned!(users_at(span)=> let #name = #value;));
    }

    /// Output: `{ let __future0 = ..; let __call = async { macro!(..) }; value }`. The async block makes the call one
    /// await of the body.
    fn then(self, call: &Macro, tokens: TokenStream, value: Expr, attrs: &[Attribute]) -> Expr {
        let Before(mut stmts) = self;
        let awaited = Macro {
            tokens,
            ..call.clone()
        };
        let name = names::call(call.path.segments[0].ident.span());
        let awaited = awaited.to_token_stream();
        stmts.push(parse_quote_spanned!(users_at(name.span())=> let #name = async { #awaited };));
        stmts.push(Stmt::Expr(value, None));
        Expr::Block(ExprBlock {
            attrs: attrs.to_vec(),
            label: None,
            block: Block {
                brace_token: token::Brace(users_at(call.delimiter.span().join())),
                stmts,
            },
        })
    }
}
