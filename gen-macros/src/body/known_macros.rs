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
use syn::{Attribute, Block, Expr, ExprBlock, Local, Macro, Pat, Stmt, parse_quote_spanned, token};

use super::node::{Node, Nodes};
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
    nodes: &mut Nodes,
) -> Option<Meaning> {
    match kind {
        MacroKind::Select => select::to_syntax(call, attrs, names, nodes).map(Meaning::Code),
        MacroKind::Join => join::to_syntax(call, attrs, names, nodes).map(Meaning::Code),
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
struct Before {
    statements: Vec<Stmt>,
    futures: Vec<Ident>,
}

impl Before {
    /// Input: a condition, `open?`.
    ///
    /// Output: `{ __condition0 }`, which a `let` declares.
    fn take(&mut self, operand: &mut Expr, name: &str) {
        if let Expr::Lit(_) = operand {
            return;
        }
        let span = operand.span();
        let name = Ident::new(name, users_at(span));
        // In braces, since futures' `select!` borrows a future that is a name.
        let braced = parse_quote_spanned!(users_at(span)=> { #name });
        let value = std::mem::replace(operand, braced);
        self.statements
            .push(parse_quote_spanned!(users_at(span)=> let #name = #value;));
    }

    /// As [`take`](Before::take), for a future. [`call`](Before::call) pins it.
    fn take_future(&mut self, operand: &mut Expr, index: usize) {
        let name = format!("__future{index}");
        if !matches!(operand, Expr::Lit(_)) {
            let name = Ident::new(&name, users_at(operand.span()));
            self.futures.push(name);
        }
        self.take(operand, &name);
    }

    /// Returns the statements of the call, after those that are evaluated before. The async block makes the call one
    /// await of the body. `keep` is the function that stores a future.
    ///
    /// Output:
    ///
    /// ```text
    /// let __futures = pin!(__rt::pair(__rt::keep(__future0), __rt::keep(__future1)));
    /// let (__future0, __future1) = __rt::split(__futures);
    /// let __call = async { macro!(..) };
    /// ```
    fn call(
        &self,
        call: &Macro,
        tokens: TokenStream,
        keep: &str,
        names: &Names,
        nodes: &mut Nodes,
    ) -> Vec<Stmt> {
        let span = users_at(call.path.segments[0].ident.span());
        let awaited = Macro {
            tokens,
            ..call.clone()
        };
        let mut statements = Vec::new();
        if !self.futures.is_empty() {
            let rt = &names.rt;
            let (stored, pattern) = stored(&self.futures, keep, rt);
            let mut declared: Stmt = parse_quote_spanned!(span=> let __futures = (););
            if let Stmt::Local(Local {
                init: Some(init), ..
            }) = &mut declared
            {
                *init.expr = nodes.add(Node::Pinned(stored), span);
            }
            statements.push(declared);
            statements.push(parse_quote_spanned!(span=> let #pattern = #rt::split(__futures);));
        }
        let name = names::call(call.path.segments[0].ident.span());
        let awaited = awaited.to_token_stream();
        statements.push(parse_quote_spanned!(span=> let #name = async { #awaited };));
        statements
    }
}

/// Output: `pair(keep(a), pair(keep(b), keep(c)))`, and the pattern of the pinned futures: `(a, (b, c))`.
fn stored(futures: &[Ident], keep: &str, rt: &Ident) -> (Expr, Pat) {
    if let [future] = futures {
        let span = future.span();
        let keep = Ident::new(keep, span);
        let stored = parse_quote_spanned!(span=> #rt::#keep(#future));
        return (stored, parse_quote_spanned!(span=> #future));
    }
    let (left, right) = futures.split_at(futures.len() / 2);
    let ((left, first), (right, second)) = (stored(left, keep, rt), stored(right, keep, rt));
    let span = users_at(left.span());
    let stored = parse_quote_spanned!(span=> #rt::pair(#left, #right));
    (stored, parse_quote_spanned!(span=> (#first, #second)))
}

/// Makes a block of generated statements, in the braces of the call.
fn block(statements: Vec<Stmt>, call: &Macro, attrs: &[Attribute]) -> Expr {
    Expr::Block(ExprBlock {
        attrs: attrs.to_vec(),
        label: None,
        block: Block {
            brace_token: token::Brace(users_at(call.delimiter.span().join())),
            stmts: statements,
        },
    })
}
