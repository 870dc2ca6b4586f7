use proc_macro2::Span;
use syn::{Arm, Expr, ExprMatch, Token, token};

/// Input: a value, and the arm that goes on with it.
///
/// Output: `match value { __value => .. }`. The temporaries of the value live as long as what goes on,
/// as those of an operand do.
pub(crate) fn hoisted(value: &Expr, arm: Arm, span: Span) -> ExprMatch {
    ExprMatch {
        attrs: Vec::new(),
        match_token: Token![match](span),
        expr: Box::new(value.clone()),
        brace_token: token::Brace(span),
        arms: vec![arm],
    }
}
