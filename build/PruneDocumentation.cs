// An MSBuild inline task. It must be outside every project folder: inside one, **/*.cs would compile it into the library.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;

public class PruneDocumentation : Task
{
    [Required] public string AssemblyPath { get; set; }
    [Required] public string DocumentationPath { get; set; }

    public override bool Execute()
    {
        HashSet<string> visible;
        using (var module = ModuleDefinition.ReadModule(AssemblyPath, new ReaderParameters { InMemory = true }))
            visible = new HashSet<string>(module.Types.Where(type => type.IsPublic).SelectMany(Names));
        XDocument document = XDocument.Load(DocumentationPath, LoadOptions.PreserveWhitespace);
        foreach (XElement member in document.Root.Element("members").Elements("member").ToArray())
        {
            if (visible.Contains(NameOf(member.Attribute("name").Value))) continue;
            if (member.PreviousNode is XText space) space.Remove();
            member.Remove();
        }
        document.Save(DocumentationPath, SaveOptions.DisableFormatting);
        return true;
    }

    // Overloads share a name. If one of them is visible, all of them keep their documentation.
    private static IEnumerable<string> Names(TypeDefinition type)
    {
        string name = type.FullName.Replace('/', '.');
        yield return name;
        foreach (MethodDefinition method in type.Methods.Where(IsVisible)) yield return name + "." + method.Name.Replace(".ctor", "#ctor");
        foreach (PropertyDefinition property in type.Properties.Where(p => IsVisible(p.GetMethod) || IsVisible(p.SetMethod)))
            yield return name + "." + property.Name;
        foreach (EventDefinition e in type.Events.Where(e => IsVisible(e.AddMethod))) yield return name + "." + e.Name;
        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly)) yield return name + "." + field.Name;
        foreach (string nested in type.NestedTypes.Where(t => t.IsNestedPublic || t.IsNestedFamily).SelectMany(Names)) yield return nested;
    }

    private static bool IsVisible(MethodDefinition method)
    {
        return method != null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
    }

    // Returns the name in M:Namespace.Type.Method``1(System.Int32), without kind, arity of the method and parameters.
    private static string NameOf(string id)
    {
        string name = id.Substring(2);
        int parameters = name.IndexOf('(');
        if (parameters >= 0) name = name.Substring(0, parameters);
        int arity = name.IndexOf("``");
        return arity >= 0 ? name.Substring(0, arity) : name;
    }
}
