//! `attempt!` and `defer!`, as the later stages see them.
//!
//! There is no syntax for them in Rust's tree, so they borrow that of `try` blocks, with an attribute
//! that tells which they are. One that a user wrote so is refused before.

use proc_macro2::Ident;
use syn::{
    Attribute, Block, BlockModifiers, Expr, ExprTryBlock, Macro, Path, Stmt, Token,
    parse_quote_spanned, token,
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
    pub(crate) fn of_macro(path: &Path) -> Option<Self> {
        let mut all = Region::ALL.into_iter();
        all.find(|region| path.is_ident(region.name()))
    }

    /// Which of them a `try` block is, if it is one.
    pub(crate) fn of(node: &ExprTryBlock) -> Option<Self> {
        let path = node.attrs.last()?.path();
        Region::of_macro(path)
    }
}

/// Input: `attempt! { .. }`, and the statements in it.
///
/// Output: `#[attempt] try { .. }`.
pub(crate) fn to_syntax(
    region: Region,
    call: &Macro,
    attrs: &[Attribute],
    stmts: Vec<Stmt>,
) -> Expr {
    let span = call.path.segments[0].ident.span();
    let mark = Ident::new(region.name(), span);
    let mark: Attribute = parse_quote_spanned!(span=> #[#mark]);
    let mut attrs = attrs.to_vec();
    attrs.push(mark);
    Expr::TryBlock(ExprTryBlock {
        attrs,
        try_token: Token![try](span),
        modifiers: BlockModifiers::default(),
        block: Block {
            brace_token: token::Brace(call.delimiter.span().join()),
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
