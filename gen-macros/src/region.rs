//! `attempt!` and `defer!`, as the later stages see them.
//!
//! There is no syntax for them in Rust's tree, so they borrow that of `try` blocks, with an attribute
//! that tells which they are. One that a user wrote so is refused before.

use proc_macro2::{Ident, Span};
use syn::{
    Attribute, Block, BlockModifiers, Expr, ExprTryBlock, Stmt, Token, parse_quote_spanned, token,
};

/// What a region is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Region {
    Attempt,
    Defer,
}

impl Region {
    pub(crate) const ALL: [Region; 2] = [Region::Attempt, Region::Defer];

    /// The name of the macro.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Region::Attempt => "attempt",
            Region::Defer => "defer",
        }
    }

    /// Which of them a macro is.
    pub(crate) fn named(name: &Ident) -> Option<Self> {
        Region::ALL.into_iter().find(|region| name == region.name())
    }

    /// Which of them a `try` block is, if it is one.
    pub(crate) fn of(node: &ExprTryBlock) -> Option<Self> {
        Region::named(node.attrs.last()?.path().get_ident()?)
    }
}

/// Input: where the name of the macro is, and the statements in it.
///
/// Output: `#[attempt] try { .. }`.
pub(crate) fn to_syntax(
    region: Region,
    span: Span,
    braces: Span,
    attrs: &[Attribute],
    stmts: Vec<Stmt>,
) -> Expr {
    let mark = Ident::new(region.name(), span);
    let mark: Attribute = parse_quote_spanned!(span=> #[#mark]);
    let mut attrs = attrs.to_vec();
    attrs.push(mark);
    Expr::TryBlock(ExprTryBlock {
        attrs,
        try_token: Token![try](span),
        modifiers: BlockModifiers::default(),
        block: Block {
            brace_token: token::Brace(braces),
            stmts,
        },
    })
}

/// The attributes that the user gave to a region.
pub(crate) fn user_attrs(node: &ExprTryBlock) -> &[Attribute] {
    match &node.attrs[..] {
        [attrs @ .., _mark] => attrs,
        [] => &[],
    }
}

/// Takes the first `defer!` of a block out of it, and what follows: what it guards.
pub(crate) fn take_defer(statements: &mut Vec<Stmt>) -> Option<(ExprTryBlock, Vec<Stmt>)> {
    let at = statements.iter().position(|statement| {
        matches!(statement, Stmt::Expr(Expr::TryBlock(node), _)
            if Region::of(node) == Some(Region::Defer))
    })?;
    let mut rest = statements.split_off(at);
    match rest.remove(0) {
        Stmt::Expr(Expr::TryBlock(defer), _) => Some((defer, rest)),
        _ => None,
    }
}
