using System.Linq.Expressions;
using System.Reflection;

namespace MlNetRnn.Experiments;

/// <summary>The path of an option: properties from an options object through nested options objects.</summary>
internal sealed class OptionPath
{
    private static readonly MethodInfo ShallowCopy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly PropertyInfo[] _properties;

    public OptionPath(params PropertyInfo[] properties)
    {
        _properties = properties;
        Name = string.Join('.', properties.Select(property => property.Name));
        if (properties.FirstOrDefault(property => property.SetMethod is not { IsPublic: true }) is { } closed)
        {
            throw new ArgumentException(
                $"Search space, {Name}: expected a property that can be set or initialized, got {closed.DeclaringType!.Name}.{closed.Name}.");
        }
    }

    public string Name { get; }

    public Type Type => _properties[^1].PropertyType;

    /// <summary>Returns the path of a lambda expression such as <c>o =&gt; o.Network.Cell</c>.</summary>
    /// <exception cref="ArgumentException">The expression is not a property of the options.</exception>
    public static OptionPath Of(LambdaExpression member)
    {
        var properties = new Stack<PropertyInfo>();
        Expression? rest = member.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : member.Body;
        for (; rest is MemberExpression { Member: PropertyInfo property } access; rest = access.Expression) properties.Push(property);
        return rest is ParameterExpression && properties.Count > 0
            ? new OptionPath([.. properties])
            : throw new ArgumentException($"Search space: expected a property of the options, such as o => o.Network.Cell, got {member}.", nameof(member));
    }

    public bool StartsWith(OptionPath other) =>
        _properties.Length >= other._properties.Length && other._properties.Zip(_properties).All(pair => pair.First.Name == pair.Second.Name);

    public object? Get(object options) => _properties.Aggregate((object?)options, (holder, property) => property.GetValue(holder ?? throw Missing()));

    /// <summary>Sets the option in a copy. Nested options objects are copied once each, so that the original does not change.</summary>
    /// <param name="copy">A copy of the options.</param>
    /// <param name="inner">The copies of the nested objects, by their path.</param>
    /// <param name="value">The new value.</param>
    public void Set(object copy, Dictionary<string, object> inner, object value)
    {
        object holder = copy;
        string path = "";
        foreach (PropertyInfo property in _properties[..^1])
        {
            path += property.Name + ".";
            if (!inner.TryGetValue(path, out object? next))
            {
                inner[path] = next = Copy(property.GetValue(holder) ?? throw Missing());
                property.SetValue(holder, next);
            }
            holder = next;
        }
        _properties[^1].SetValue(holder, value);
    }

    public static object Copy(object options) => ShallowCopy.Invoke(options, null)!;

    private ArgumentException Missing() => new($"Search space, {Name}: expected an options object on the way, got null.");
}
