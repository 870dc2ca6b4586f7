use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident};
use syn::{Attribute, FnArg, Pat, PatIdent, PatType, Receiver, Signature, parse_quote};

use crate::handover::{Binding, Pattern};

/// The parameters of a function, for its body.
#[derive(Default)]
pub(crate) struct Parameters {
    /// The variables that the body captures, in the order of declaration.
    pub(crate) bindings: Vec<Binding>,
    /// The `let`s that destructure parameters whose pattern may leave a part of the value behind.
    pub(crate) patterns: Vec<Pattern>,
}

impl Parameters {
    /// Input: `fn f(self, a: A, (b, c): (B, C), (d, _): (D, E), _: F)`
    ///
    /// Output: `fn f(self, a: A, (b, c): (B, C), __arg3: (D, E), __arg4: F)`, the bindings
    /// `self, a, b, c, __arg3, __arg4`, and `let (d, _) = __arg3;`.
    pub(crate) fn take(sig: &mut Signature) -> Self {
        let mut parameters = Parameters::default();
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
                            parameters.patterns.push(Pattern { cfgs, pat, name });
                        }
                    }
                }
            }
            let bindings = names.into_iter().map(|name| Binding {
                cfgs: cfgs.clone(),
                name,
            });
            parameters.bindings.extend(bindings);
        }
        parameters
    }
}

/// Adds the variables of a pattern, if they own all parts of the argument, so that nothing is dropped when the function
/// returns. Returns whether they do.
///
/// A pattern of a struct may leave a value with a destructor behind, and a name that begins with a capital letter may be
/// a unit struct.
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

/// Returns whether a pattern contains `ref mut`: then the variable that it destructures must be mutable.
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
