fn arguments<T: Clone>(
    self: Arc<Self>,
    mut plain: T,
    (a, (b, _c)): (A, (B, C)),
    __arg3: Point,
    __arg4: Guard,
    text: impl AsRef<str>,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = impl Display,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = impl Display,
> + ::gen_runtime::__private::FusedStream<Item = impl Display> {
    use ::gen_runtime::__private as __rt;
    let __body: <(_, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            #[allow(clippy::used_underscore_binding)]
            let _ = (&self, &plain, &a, &b, &_c, &__arg3, &__arg4, &text);
            let Point { x, .. } = __arg3;
            let __value: () = 'body: {
                let mut __place = __body.enter().await;
                {
                    __body.put(plain, __place);
                    __place = __body
                        .suspend(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await;
                };
            };
        })
}
