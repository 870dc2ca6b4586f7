//! The fragments of a `macro_rules!`: tokens in groups with invisible delimiters.
//!
//! rustc ignores these groups once a procedural macro has passed them on (rust-lang/rust#67062): `$a * $b` would
//! become `1 + 1 * 1 + 2`. And syn does not parse a statement in such a group.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::token::Paren;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprGroup, ExprParen, Type, TypeParen};

use super::opaque_macros::{ends_in_macro_name, with_stream};
use crate::names::users_at;

/// Input: `$b:block` and `$s:stmt`.
///
/// Output: the block and the `let`, without the delimiters. All other tokens are unchanged: new groups would lose the
/// spans of their delimiters, and in the tokens of macros rustc still sees the invisible ones.
pub(crate) fn visible_statements(tokens: TokenStream) -> TokenStream {
    if !has_invisible(tokens.clone()) {
        return tokens;
    }
    let mut output: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if !ends_in_macro_name(&output) => {
                let untouched = !has_invisible(group.stream());
                let stream = visible_statements(group.stream());
                if group.delimiter() == Delimiter::None && is_statement(stream.clone()) {
                    output.extend(stream);
                } else if untouched {
                    output.push(group.into());
                } else {
                    output.push(with_stream(&group, stream));
                }
            }
            token => output.push(token),
        }
    }
    output.into_iter().collect()
}

fn has_invisible(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::None || has_invisible(group.stream())
        }
        _ => false,
    })
}

fn is_statement(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(only)), None) => only.delimiter() == Delimiter::Brace,
        (Some(TokenTree::Ident(first)), Some(_)) => first == "let",
        _ => false,
    }
}

/// Input: `$e:expr`.
///
/// Output: `(e)`, if precedence requires it. Generated span, so that `unused_parens` does not fire.
pub(crate) fn to_parentheses(group: &ExprGroup) -> Option<Expr> {
    binds_loosely(&group.expr).then(|| {
        Expr::Paren(ExprParen {
            attrs: group.attrs.clone(),
            paren_token: Paren(users_at(group.expr.span())),
            expr: group.expr.clone(),
        })
    })
}

fn binds_loosely(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::Array(_)
            | Expr::Await(_)
            | Expr::Call(_)
            | Expr::Field(_)
            | Expr::Group(_)
            | Expr::Index(_)
            | Expr::Lit(_)
            | Expr::Macro(_)
            | Expr::MethodCall(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::Repeat(_)
            | Expr::Try(_)
            | Expr::Tuple(_)
    )
}

/// Input: `&$t`, with `dyn Display + Send` as `$t:ty`.
///
/// Output: `&(dyn Display + Send)`.
pub(crate) struct TypesToParentheses;

impl VisitMut for TypesToParentheses {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Group(group) = ty {
            if let Type::TraitObject(_) | Type::ImplTrait(_) = *group.elem {
                *ty = Type::Paren(TypeParen {
                    attrs: Vec::new(),
                    paren_token: Paren(users_at(group.elem.span())),
                    elem: group.elem.clone(),
                });
            }
        }
    }
}
