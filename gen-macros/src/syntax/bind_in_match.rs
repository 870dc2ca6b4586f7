use proc_macro2::Span;
use syn::{Arm, Expr, ExprMatch, Token, token};

/// Input: a value, and the arm that uses it.
///
/// Output: `match value { __value => .. }`. Unlike in a `let`, the temporaries of the value live to the end of the arm.
pub(crate) fn bind_in_match(value: &Expr, arm: Arm, span: Span) -> ExprMatch {
    ExprMatch {
        attrs: Vec::new(),
        match_token: Token![match](span),
        expr: Box::new(value.clone()),
        brace_token: token::Brace(span),
        arms: vec![arm],
    }
}
