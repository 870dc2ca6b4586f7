use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident};
use syn::{Attribute, FnArg, Pat, PatIdent, PatType, Receiver, Signature, parse_quote};

use crate::input::{Binding, Pattern};

/// The arguments, as the body takes them over.
#[derive(Default)]
pub(crate) struct Arguments {
    /// What the body has to hold, in the order of declaration.
    pub(crate) bindings: Vec<Binding>,
    /// The `let`s that take those apart whose pattern may leave something behind.
    pub(crate) patterns: Vec<Pattern>,
}

impl Arguments {
    /// Input: `fn f(self, a: A, (b, c): (B, C), (d, _): (D, E), _: F)`
    ///
    /// Output: `fn f(self, a: A, (b, c): (B, C), __arg3: (D, E), __arg4: F)`, the bindings
    /// `self, a, b, c, __arg3, __arg4`, and `let (d, _) = __arg3;`.
    pub(crate) fn take(sig: &mut Signature) -> Self {
        let mut arguments = Arguments::default();
        for (index, input) in sig.inputs.iter_mut().enumerate() {
            let mut names = Vec::new();
            let (FnArg::Receiver(Receiver { attrs, .. }) | FnArg::Typed(PatType { attrs, .. })) =
                input;
            let cfgs: Vec<Attribute> = attrs
                .iter()
                .filter(|attr| attr.path().is_ident("cfg"))
                .cloned()
                .collect();
            match input {
                FnArg::Receiver(receiver) => {
                    names.push(Ident::new("self", receiver.self_token.span));
                }
                FnArg::Typed(PatType { pat, .. }) => {
                    if !bind_whole(pat, &mut names) {
                        let name = format_ident!("__arg{index}", span = Span::mixed_site());
                        let whole = if binds_by_ref_mut(pat.to_token_stream()) {
                            parse_quote!(mut #name)
                        } else {
                            parse_quote!(#name)
                        };
                        let pat = std::mem::replace(&mut **pat, whole);
                        names.push(name.clone());
                        if !matches!(pat, Pat::Wild(_)) {
                            let cfgs = cfgs.clone();
                            arguments.patterns.push(Pattern { cfgs, pat, name });
                        }
                    }
                }
            }
            let bindings = names.into_iter().map(|name| Binding {
                cfgs: cfgs.clone(),
                name,
            });
            arguments.bindings.extend(bindings);
        }
        arguments
    }
}

/// Adds the names that a pattern binds, if it takes the whole argument apart and leaves nothing
/// behind that would be dropped when the function returns.
///
/// A struct may have a destructor that runs on what a pattern leaves; a name that begins with a
/// capital letter may be a unit struct.
fn bind_whole(pat: &Pat, bindings: &mut Vec<Ident>) -> bool {
    let before = bindings.len();
    let whole = match pat {
        Pat::Ident(PatIdent {
            by_ref: None,
            subpat: None,
            ident,
            ..
        }) if !ident.to_string().starts_with(char::is_uppercase) => {
            bindings.push(ident.clone());
            true
        }
        Pat::Paren(pat) => bind_whole(&pat.pat, bindings),
        Pat::Tuple(pat) => pat.elems.iter().all(|elem| bind_whole(elem, bindings)),
        _ => false,
    };
    if !whole {
        bindings.truncate(before);
    }
    whole
}

/// Whether a pattern says `ref mut`: then what it takes apart must be mutable.
fn binds_by_ref_mut(pat: TokenStream) -> bool {
    let mut after_ref = false;
    pat.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => {
            let found = after_ref && ident == "mut";
            after_ref = ident == "ref";
            found
        }
        TokenTree::Group(group) => binds_by_ref_mut(group.stream()),
        _ => false,
    })
}
