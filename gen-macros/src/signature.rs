//! What a signature may not hold, all of it at once.

use proc_macro2::{Delimiter, Group, TokenStream};
use syn::Attribute;
use syn::spanned::Spanned as _;

use crate::errors::Errors;
use crate::input::Function;
use crate::scope::is_generator_attribute;

/// Checks the signature of a generator, and the attributes beside ours.
pub(crate) fn check(function: &mut Function, errors: &mut Errors) {
    let Function {
        attrs, sig, body, ..
    } = function;
    let mut is_async = sig.asyncness.is_some();
    for attr in attrs.iter() {
        if is_generator_attribute(attr) {
            let message = "`async_gen` is repeated; write it once, with all arguments";
            errors.at(attr.path().span(), message);
        } else if let Some(name) = entry_point(attr) {
            let message = format!(
                "`#[{name}]` is not supported on a generator; put it on a function that asks one for items"
            );
            errors.at(attr.path().span(), message);
            if !is_async {
                // It took the `async` away, and what is in the body now is its own.
                is_async = true;
                *body = body
                    .as_ref()
                    .map(|_| Group::new(Delimiter::Brace, TokenStream::new()));
            }
        }
    }
    if !is_async && sig.constness.is_none() {
        errors.at(sig.fn_token.span, "expected `async fn`, found `fn`");
    }
    if let Some(token) = sig.constness {
        errors.at(
            token.span,
            "`const` is not supported; a generator runs at run time",
        );
    }
    if let (Some(abi), None) = (&sig.abi, &sig.variadic) {
        errors.at(
            abi.span(),
            "`extern` is not supported; a generator has no foreign ABI",
        );
    }
    if let Some(variadic) = &sig.variadic {
        errors.at(
            variadic.span(),
            "variadic arguments are not supported; pass a slice",
        );
    }
    if sig.ident == "main" {
        errors.at(
            sig.ident.span(),
            "`main` is not supported; write a generator that `main` asks for items",
        );
    }
}

/// What an attribute is called that makes a test or a program of a function, such as `tokio::test`.
pub(crate) fn entry_point(attr: &Attribute) -> Option<&'static str> {
    let name = &attr.path().segments.last()?.ident;
    ["test", "bench", "main"]
        .into_iter()
        .find(|known| name == known)
}
