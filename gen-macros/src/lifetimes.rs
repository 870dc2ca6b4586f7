//! Lifetimes of a boxed generator: it holds every argument, so it lives no longer than any.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericParam, Lifetime, ReceiverKind, Signature, Type, TypeParamBound, WherePredicate,
    parse_quote,
};

/// The lifetime of the boxed generator.
pub(crate) fn generator() -> Lifetime {
    Lifetime::new("'async_gen", Span::mixed_site())
}

/// Input: `fn f<'a, T>(&self, text: &str, t: &'a T, i: impl Tr) -> Box<..>`
///
/// Output:
///
/// ```text
/// fn f<'a: 'async_gen, 'async_gen0: 'async_gen, 'async_gen1: 'async_gen, 'async_gen, T>(
///     &'async_gen0 self, text: &'async_gen1 str, t: &'a T, i: impl Tr + 'async_gen,
/// ) -> Box<..>
/// where T: 'async_gen, Self: 'async_gen
/// ```
///
/// The types in `named`, which the function returns, get the lifetime that elision would give them.
pub(crate) fn spell_out(sig: &mut Signature, named: &mut [&mut Type]) {
    let mut inputs = Elided {
        fresh: Vec::new(),
        seen: Vec::new(),
        with: None,
    };
    let mut receiver = None;
    for input in &mut sig.inputs {
        inputs.visit_fn_arg_mut(input);
        if let FnArg::Receiver(_) = input {
            receiver = inputs.seen.first().cloned();
        }
    }
    let only = match &inputs.seen[..] {
        [only] => Some(only.clone()),
        _ => None,
    };
    if let Some(lifetime) = receiver.or(only) {
        let mut output = Elided {
            fresh: Vec::new(),
            seen: Vec::new(),
            with: Some(lifetime),
        };
        for ty in named {
            output.visit_type_mut(ty);
        }
    }

    let generator = generator();
    let mut bounded: Vec<WherePredicate> = Vec::new();
    for param in &mut sig.generics.params {
        match param {
            GenericParam::Lifetime(param) => param.bounds.push(generator.clone()),
            // Bounds in two places would be a lint: the place is where there are some already.
            GenericParam::Type(param) if param.bounds.is_empty() => {
                let ident = &param.ident;
                bounded.push(parse_quote!(#ident: #generator));
            }
            GenericParam::Type(param) => {
                param
                    .bounds
                    .push(TypeParamBound::Lifetime(generator.clone()));
            }
            GenericParam::Const(_) => {}
        }
    }
    let lifetimes = sig.generics.lifetimes().count();
    for (offset, fresh) in inputs.fresh.iter().enumerate() {
        sig.generics
            .params
            .insert(lifetimes + offset, parse_quote!(#fresh: #generator));
    }
    sig.generics
        .params
        .insert(lifetimes + inputs.fresh.len(), parse_quote!(#generator));
    if matches!(sig.inputs.first(), Some(FnArg::Receiver(_))) {
        bounded.push(parse_quote!(Self: #generator));
    }
    if !bounded.is_empty() {
        sig.generics.make_where_clause().predicates.extend(bounded);
    }
}

/// Names the lifetimes that a signature leaves out: each anew, or all of them `with` one.
struct Elided {
    fresh: Vec<Lifetime>,
    /// Each lifetime in the order of its first place.
    seen: Vec<Lifetime>,
    with: Option<Lifetime>,
}

impl Elided {
    fn name(&mut self) -> Lifetime {
        if let Some(lifetime) = &self.with {
            return lifetime.clone();
        }
        let lifetime = Lifetime::new(
            &format!("'async_gen{}", self.fresh.len()),
            Span::mixed_site(),
        );
        self.fresh.push(lifetime.clone());
        self.saw(&lifetime);
        lifetime
    }

    fn saw(&mut self, lifetime: &Lifetime) {
        if !self.seen.contains(lifetime) {
            self.seen.push(lifetime.clone());
        }
    }
}

impl VisitMut for Elided {
    fn visit_receiver_mut(&mut self, receiver: &mut syn::Receiver) {
        if let ReceiverKind::Reference(_, lifetime @ None, _) = &mut receiver.kind {
            *lifetime = Some(self.name());
        } else {
            visit_mut::visit_receiver_mut(self, receiver);
        }
    }

    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.name());
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.name();
        } else {
            self.saw(&lifetime.clone());
        }
    }

    fn visit_type_impl_trait_mut(&mut self, ty: &mut syn::TypeImplTrait) {
        visit_mut::visit_type_impl_trait_mut(self, ty);
        if self.with.is_none() {
            ty.bounds.push(TypeParamBound::Lifetime(generator()));
        }
    }

    // Elided lifetimes of a function type are its own.
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
}
