//! Tokens of a generator.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Pat, ReturnType, Type, TypeParamBound, parse_quote_spanned};

use crate::args::Args;
use crate::arguments::Arguments;
use crate::in_place::Place;
use crate::input::{Binding, Function, Pattern};
use crate::lifetimes;
use crate::lower::{End, Lowered};
use crate::names::Names;
use crate::scope::is_generator_attribute;
use crate::signature::{entry_point, inspected_output};
use crate::types::Types;

/// Input: `async fn countdown(from: u32) -> u32 { .. }`
///
/// Output:
///
/// ```text
/// fn countdown(from: u32) -> impl AsyncGenerator<Yield = u32, ..> + FusedStream<Item = u32> {
///     async_gen_body! { [yields = u32, send = (), ..] (from) [] { .. } }
/// }
/// ```
///
/// The body is lowered by a macro of its own, whose output nobody sees but the compiler: the
/// attributes that stand below ours are given the output of this one.
pub(crate) fn function(function: Function, args: &Args, names: &Names) -> TokenStream {
    let span = Span::mixed_site();
    let krate = &names.krate;
    let Function {
        mut attrs,
        vis,
        mut sig,
        body,
    } = function;
    if args.broken {
        // The mistakes are told: what else they would lead to is not.
        (sig.constness, sig.abi, sig.variadic) = (None, None, None);
        attrs.retain(|attr| {
            !is_generator_attribute(attr)
                && entry_point(attr).is_none()
                && inspected_output(attr).is_none()
        });
        if sig.ident == "main" {
            return quote_spanned!(span=> fn main() {});
        }
    }
    let warning = questionable(&sig.output, args)
        .map(|(name, span)| quote_spanned!(span=> #krate::__private::#name();));
    let mut types = Types::of_function(args, &sig.output);
    sig.asyncness = None;
    let Arguments { bindings, patterns } = Arguments::take(&mut sig);
    let output = if args.boxed {
        let lifetime = lifetimes::spell_out(&mut sig, &mut types.all());
        types.boxed(args.local, &lifetime, names)
    } else {
        types.opaque(args, names)
    };
    sig.output = parse_quote_spanned!(span=> -> #output);
    let types = types.args();
    let flags = [
        (args.boxed, quote!(boxed,)),
        (args.boxed && args.local, quote!(local,)),
        (args.bare, quote!(bare,)),
        (args.broken, quote!(broken,)),
    ];
    let flags = flags
        .into_iter()
        .filter_map(|(set, flag)| set.then_some(flag));
    let Some(body) = body else {
        return quote_spanned!(span=> #(#attrs)* #vis #sig;);
    };
    quote_spanned! {span=>
        #(#attrs)* #vis #sig {
            #warning
            #krate::async_gen_body! {
                [#types #(#flags)* crate = #krate] (#(#bindings),*) [#(#patterns)*] #body
            }
        }
    }
}

/// What is called to warn of the type that a function is declared to yield, and where that type is: the habits
/// of those who declared the type of a stream, or of a function that fails.
fn questionable(output: &ReturnType, args: &Args) -> Option<(Ident, Span)> {
    let ReturnType::Type(_, ty) = output else {
        return None;
    };
    let name = match &**ty {
        Type::Path(ty) if args.throws.is_some() && ty.path.segments.last()?.ident == "Result" => {
            "result_in_result"
        }
        Type::ImplTrait(ty) if ty.bounds.iter().any(is_stream) => "stream_of_streams",
        _ => return None,
    };
    Some((Ident::new(name, ty.span()), ty.span()))
}

fn is_stream(bound: &TypeParamBound) -> bool {
    let TypeParamBound::Trait(bound) = bound else {
        return false;
    };
    let name = bound.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| name == "Stream" || name == "FusedStream")
}

/// Input: the lowered body; `None` where it has mistakes.
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
pub(crate) fn body(
    args: &Args,
    names: &Names,
    captures: &[Binding],
    patterns: &[Pattern],
    lowered: Option<&Lowered>,
    braces: Span,
) -> TokenStream {
    let span = Span::mixed_site();
    let Names { krate, body, .. } = names;
    let regions = lowered.is_some_and(|lowered| lowered.regions);
    let ty = Types::of_body(args).body(regions, names);
    let constructor = match (args.boxed, args.local) {
        (false, _) => Ident::new("generator", span),
        (true, false) => Ident::new("boxed", span),
        (true, true) => Ident::new("boxed_local", span),
    };
    let places = lowered.map_or(&[][..], |body| &body.places);
    let capture = capture(captures, places);
    let moved = places.iter().map(|Place { argument, variable }| {
        quote_spanned!(span=> let mut #variable = #krate::__private::Some(#argument);)
    });
    let stand_ins = places.iter().filter(|place| place.argument != "self");
    let in_place = stand_ins.map(|Place { argument, variable }| {
        quote_spanned!(span=> let #argument = #body.in_place(&#variable);)
    });
    let parameters = parameters(captures, patterns, body);
    // The compiler does not infer the type of an async block from where it is used. Where a value does
    // not fit, it shows where this one was promised.
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
                tail(
                    quote_spanned!(span=> #krate::__private::Ok(#value)),
                    patterns,
                )
            } else if args.throws.is_none()
                && (args.returns_nothing() || args.returns.is_none() && !lowered.value)
            {
                unit(&value)
            } else if args.throws.is_none() && args.returns.is_none() {
                // Of a block, whose value may be `()`: see `unit`.
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
        let #body: #ty = unsafe { <#krate::__private::Body<_>>::lowered_by_async_gen() };
        #(#moved)*
        #body.#constructor(async move #block)
    }
}

/// The value of an async block.
fn tail(value: TokenStream, patterns: &[Pattern]) -> TokenStream {
    if patterns.is_empty() {
        return value;
    }
    // Before edition 2024 the temporaries of a tail are dropped after the variables of its block.
    quote_spanned!(Span::mixed_site()=> let __value = #value; __value)
}

/// The value of an async block that evaluates to `()`. No tail: `clippy::semicolon_if_nothing_returned` checks
/// those of blocks in the user's braces.
pub(crate) fn unit(value: &TokenStream) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> let __value: () = #value;)
}

/// Puts the content of an async block into braces that are the user's: coverage counts what is between the
/// braces of a body if both have the same hygiene (rust-lang/rust#131119).
pub(crate) fn in_braces(content: TokenStream, braces: Span) -> Group {
    let mut block = Group::new(Delimiter::Brace, content);
    block.set_span(braces);
    block
}

/// What stands for a body that cannot be parsed. The compiler has parsed it before us, and told what
/// is wrong with it: what we add is an error of the last phase, which nobody sees where there is
/// another one.
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

/// Mentions each argument as a whole, so that the body holds all of them, in their order.
fn capture(captures: &[Binding], places: &[Place]) -> TokenStream {
    let span = Span::mixed_site();
    let name = |capture: &Binding| {
        let place = places.iter().find(|place| place.argument == capture.name);
        place.map_or(&capture.name, |place| &place.variable).clone()
    };
    let names: Vec<_> = captures.iter().map(name).collect();
    // Lints know that nobody wrote the name of a place.
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

/// Lets the compiler refuse two parameters of one name (E0415), where the `let` of a pattern would shadow
/// the other one. Names of one text may differ by hygiene, so it is for the compiler to tell.
///
/// Output: a closure with the same parameters, in code that never runs. Nothing where no name is repeated.
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

/// The names that a pattern binds, as far as it tells: a name may be that of a constant.
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
