use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Macro, Stmt, Token, parse_quote_spanned};

use super::{Before, block};
use crate::body::node::Nodes;
use crate::names::{self, Names};

mod keyword {
    syn::custom_keyword!(biased);
}

/// The content of `join!(..)`.
struct Join {
    biased: Option<(keyword::biased, Token![;])>,
    futures: Punctuated<Expr, Token![,]>,
}

impl Parse for Join {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut biased = None;
        if input.peek(keyword::biased) && input.peek2(Token![;]) {
            biased = Some((input.parse()?, input.parse()?));
        }
        Ok(Join {
            biased,
            futures: Punctuated::parse_terminated(input)?,
        })
    }
}

/// Input: `tokio::join!(a(), b)`.
///
/// Output:
///
/// ```text
/// {
///     let __future0 = a();
///     let __future1 = b;
///     let __futures = pin!(__rt::pair(__rt::joined(__future0), __rt::joined(__future1)));
///     let (__future0, __future1) = __rt::split(__futures);
///     let __call = async { join!({ __future0 }, { __future1 }) };
///     __call.await
/// }
/// ```
pub(super) fn to_syntax(
    call: &Macro,
    attrs: &[Attribute],
    names: &Names,
    nodes: &mut Nodes,
) -> Option<Expr> {
    let Join {
        biased,
        mut futures,
    } = call.parse_body().ok()?;
    let mut before = Before::default();
    // A bare `join!` may be another macro, which joins values that are no futures.
    let are_futures = call.path.segments.len() > 1 || !call.path.is_ident("join");
    for (index, future) in futures.iter_mut().enumerate() {
        if are_futures {
            before.take_future(future, index);
        } else {
            before.take(future, &format!("__future{index}"));
        }
    }
    let biased = biased.map(|(word, end)| quote!(#word #end));
    // The user's own span, so that lints about unused values point there.
    let span = call.path.segments[0].ident.span();
    let name = names::call(span);
    let awaited = before.call(call, quote!(#biased #futures), "joined", names, nodes);
    let mut statements = before.statements;
    statements.extend(awaited);
    statements.push(Stmt::Expr(parse_quote_spanned!(span=> #name.await), None));
    Some(block(statements, call, attrs))
}
