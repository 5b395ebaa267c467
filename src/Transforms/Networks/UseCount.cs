namespace MlNetRnn.Networks;

/// <summary>A count of the users of a resource, which is freed after its last use. The owner counts as the first user. Thread-safe.</summary>
/// <param name="end">Frees the resource; called once.</param>
internal sealed class UseCount(Action end)
{
    private int _uses = 1;

    /// <summary>Begins a use.</summary>
    /// <returns>False if the resource has been freed.</returns>
    public bool TryEnter()
    {
        int uses = Volatile.Read(ref _uses);
        while (uses > 0)
        {
            int seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses) return true;
            uses = seen;
        }
        return false;
    }

    /// <summary>Ends a use, and frees the resource after the last one.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _uses) == 0) end();
    }
}
