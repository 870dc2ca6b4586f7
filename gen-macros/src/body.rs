//! `async_gen_body!`, `async_gen_block!` and `generator_block!`: make a generator of a body.

pub(crate) mod anonymous; // the tokens of a block
mod async_block; // the braces and the value of an async block
pub(crate) mod in_place; // arguments that loops run over in place
mod jump; // jumps, and the regions that they leave
mod known_macros; // `select!`, `join!`, `println!` and the like
pub(crate) mod lower; // the lowering into calls of the runtime
mod node; // regions and other constructs without Rust syntax
pub(crate) mod read; // the only walk over the user's syntax: desugars, checks, resolves jumps
mod scope; // closures and other bodies in a body

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::Pat;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use self::async_block::{in_braces, unit};
use self::in_place::Place;
use self::lower::{End, Lowered};
use crate::args::Args;
use crate::handover::{Binding, Pattern};
use crate::kind::Kind;
use crate::names::Names;
use crate::types::Types;

/// Input: the lowered body; `None` if it has mistakes.
///
/// Output:
///
/// ```text
/// let __body: <(u32, (), ()) as Types>::Body = unsafe { <Body<_>>::lowered_by_async_gen() };
/// __body.generator(async move {
///     let _ = &from;
///     'body: { .. }
/// })
/// ```
pub(crate) fn emit(
    args: &Args,
    names: &Names,
    captures: &[Binding],
    patterns: &[Pattern],
    lowered: Option<&Lowered>,
    braces: Span,
) -> TokenStream {
    let span = Span::mixed_site();
    let Names {
        krate, rt, body, ..
    } = names;
    let kind = match lowered {
        Some(lowered) if lowered.delegates => "Delegates",
        Some(lowered) if lowered.regions => "Regions",
        _ => "Body",
    };
    let ty = Types::of_body(args).body(kind, names);
    let constructor = match (args.kind, args.boxed, args.local) {
        (Kind::Async, false, _) => "generator",
        (Kind::Async, true, false) => "boxed",
        (Kind::Async, true, true) => "boxed_local",
        (Kind::Regular, false, _) => "regular",
        (Kind::Regular, true, false) => "boxed_regular",
        (Kind::Regular, true, true) => "boxed_local_regular",
    };
    let constructor = Ident::new(constructor, span);
    let places = lowered.map_or(&[][..], |body| &body.places);
    let capture = capture(captures, places);
    let moved = places.iter().map(|Place { argument, variable }| {
        quote_spanned!(span=> let mut #variable = #rt::Some(#argument);)
    });
    let stand_ins = places.iter().filter(|place| place.argument != "self");
    let in_place = stand_ins.map(|Place { argument, variable }| {
        quote_spanned!(span=> let #argument = #body.in_place(&#variable);)
    });
    let parameters = parameters(captures, patterns, body);
    // rustc does not infer the type of an async block from its use. If a value does not fit, it reports where this
    // type was declared.
    let promised = args.returns.as_ref().or(args.throws.as_ref());
    let is_told = lowered.is_some_and(|body| {
        args.throws.is_some() || args.returns_value() || args.returns.is_some() && body.value
    });
    let output = promised.filter(|_| is_told).map(|ty| {
        let span = span.located_at(ty.span());
        let mut body = body.clone();
        body.set_span(span);
        quote_spanned!(span=> if false { return #body.never_output(); })
    });
    let value = match lowered {
        None => quote_spanned!(span=> #body.never()),
        Some(lowered) => {
            let value = lowered.block.tokens(args, names);
            if args.throws.is_some() && lowered.end != End::Result {
                tail(quote_spanned!(span=> #rt::Ok(#value)), patterns)
            } else if args.throws.is_none()
                && (args.returns_nothing() || args.returns.is_none() && !lowered.value)
            {
                unit(&value)
            } else if args.throws.is_none() && args.returns.is_none() {
                // The value of a block may be `()`: see `unit`.
                quote_spanned!(span=> return #value;)
            } else {
                tail(value, patterns)
            }
        }
    };
    let block =
        quote_spanned!(span=> #capture #(#in_place)* #parameters #(#patterns)* #output #value);
    let block = in_braces(block, braces);
    quote_spanned! {span=>
        use #krate::__private as #rt;
        let #body: #ty = unsafe { <#rt::Body<_>>::lowered_by_async_gen() };
        #(#moved)*
        #body.#constructor(async move #block)
    }
}

/// Makes the value of an async block.
fn tail(value: TokenStream, patterns: &[Pattern]) -> TokenStream {
    if patterns.is_empty() {
        return value;
    }
    // Before edition 2024 the temporaries of a tail are dropped after the variables of its block.
    quote_spanned!(Span::mixed_site()=> let __value = #value; __value)
}

/// Makes the replacement of a body that cannot be parsed. rustc parsed it before, and has reported its error if there
/// was one. So this is an error of the last phase, which rustc shows only if there is no other.
pub(crate) fn refused(error: &syn::Error, names: &Names) -> TokenStream {
    let krate = &names.krate;
    let name = Ident::new("syntax_unknown_to_async_gen", error.span());
    quote_spanned! {error.span()=>
        #[deny(unused_must_use)]
        {
            use #krate::__private::#name;
            #name();
        }
    }
}

/// Mentions each argument as a whole, so that the body captures all of them, in their order.
fn capture(captures: &[Binding], places: &[Place]) -> TokenStream {
    let span = Span::mixed_site();
    let name = |capture: &Binding| {
        let place = places.iter().find(|place| place.argument == capture.name);
        place.map_or(&capture.name, |place| &place.variable).clone()
    };
    let names: Vec<_> = captures.iter().map(name).collect();
    // The names of places are generated, so the lint does not fire there.
    let underscored = captures
        .iter()
        .zip(&names)
        .any(|(capture, name)| capture.name == *name && name.to_string().starts_with('_'));
    let allow =
        underscored.then(|| quote_spanned!(span=> #[allow(clippy::used_underscore_binding)]));
    if captures.iter().any(|capture| !capture.cfgs.is_empty()) {
        let mentions = captures.iter().zip(&names).map(
            |(Binding { cfgs, .. }, name)| quote_spanned!(span=> #(#cfgs)* #allow let _ = &#name;),
        );
        return mentions.collect();
    }
    match &names[..] {
        [] => TokenStream::new(),
        [one] => quote_spanned!(span=> #allow let _ = &#one;),
        _ => quote_spanned!(span=> #allow let _ = (#(&#names),*);),
    }
}

/// Makes rustc report two parameters of one name (E0415): the `let` of a pattern would shadow the other one. Names of
/// one text may differ by hygiene, so only rustc can decide.
///
/// Output: a closure with the same parameters, in unreachable code; nothing if no name occurs twice.
fn parameters(captures: &[Binding], patterns: &[Pattern], body: &Ident) -> Option<TokenStream> {
    let span = Span::mixed_site();
    let mut names: Vec<Ident> = patterns
        .iter()
        .flat_map(|pattern| bound_names(&pattern.pat))
        .collect();
    if names.is_empty() {
        return None;
    }
    names.extend(captures.iter().map(|capture| capture.name.unraw()));
    names.sort();
    let repeated = names.windows(2).any(|pair| pair[0] == pair[1]);
    let pattern_of = |capture: &Binding| {
        let pattern = patterns.iter().find(|pattern| pattern.name == capture.name);
        pattern.map_or_else(
            || capture.name.to_token_stream(),
            |pattern| pattern.pat.to_token_stream(),
        )
    };
    let captures = captures
        .iter()
        .filter(|capture| capture.name != "self" && capture.cfgs.is_empty());
    let (parameters, arguments): (Vec<_>, Vec<_>) = captures
        .map(|capture| (pattern_of(capture), &capture.name))
        .unzip();
    repeated.then(|| {
        quote_spanned! {span=>
            if false {
                #[allow(unused_variables)]
                (|#(#parameters),*| ())(#(#arguments),*);
                return #body.never();
            }
        }
    })
}

/// Lists the names in a pattern that may be variables.
fn bound_names(pat: &Pat) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, node: &'ast syn::PatIdent) {
            self.0.push(node.ident.unraw());
            visit::visit_pat_ident(self, node);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pat);
    // The same name twice in one pattern is another error (E0416).
    names.0.sort();
    names.0.dedup();
    names.0
}
